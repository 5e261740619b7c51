/** A world says something that the service cannot say: a member that its schema does not know, a value of the wrong type. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';
  /** Where, such as `Vpcs[0].VpcID`. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`${path} ${reason}`);
    this.path = path;
  }
}
