/** A configuration that cannot be used. The message is one sentence: which file, which line, what to mend. */
export class ConfigurationUnreadable extends Error {
  override readonly name = 'ConfigurationUnreadable';
  readonly code = 'CONFIGURATION_UNREADABLE';
}
