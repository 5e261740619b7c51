import { env } from 'node:process';

/**
 * A variable of the environment, `undefined` where it is unset or empty. It is the process's own environment, because
 * the SDK reads the same one: what is decided here must agree with what the SDK does.
 */
export function variable(name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

/** The names of the variables that are set and begin so, sorted. */
export function variablesNamed(prefix: string): readonly string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && variable(name) !== undefined)
    .sort();
}
