/**
 * The layers of the program: each folder of src/ with the folders it may import.
 * Data flows down this list once; an import that points back is refused by the architecture test.
 */
export const layers = {
  model: [],
  aws: ['model'],
  collectors: ['aws', 'model'],
  network: ['model'],
  redaction: ['network', 'model'],
  'flow-logs': ['aws', 'model', 'network'],
  cost: ['model'],
  auditors: ['network', 'flow-logs', 'cost', 'model'],
  findings: ['model'],
  reporters: ['findings', 'model'],
  cli: ['model', 'aws', 'collectors', 'network', 'redaction', 'flow-logs', 'cost', 'auditors', 'findings', 'reporters'],
};
