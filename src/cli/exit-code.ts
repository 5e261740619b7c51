/** How the program ends; the bits 1 and 2 combine. From 64 on, nothing trustworthy was produced (BSD sysexits.h). */
export const exitCode = {
  clean: 0,
  findings: 1,
  incomplete: 2,
  findingsAndIncomplete: 3,
  usage: 64,
  defect: 70,
  noCredentials: 77,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const;
