import { FixtureError } from '../protocols/fixture-error.ts';
import { awsJsonProtocol } from '../protocols/aws-json.ts';
import { awsQueryProtocol } from '../protocols/aws-query.ts';
import { ec2QueryProtocol } from '../protocols/ec2-query.ts';
import { operationSchema } from '../protocols/schemas.ts';
import type { MockService, World } from '../world.ts';
import { documentsOf, type Problem } from './problem.ts';

/** Members that the SDK's schema does not know, and values of another type than it says. */
export async function lintShapes(world: World): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { operation, document, place } of documentsOf(world)) {
    const [service = '', name = ''] = operation.split('.');
    const schema = await operationSchema(service as MockService, name);
    if (schema === undefined) {
      problems.push({ place, problem: 'is no operation of the service' });
      continue;
    }
    const protocol =
      service === 'ec2' ? ec2QueryProtocol : service.startsWith('elb') ? awsQueryProtocol : awsJsonProtocol;
    try {
      protocol.encode(name, schema, document, 'lint');
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error;
      problems.push({ place, problem: error.message });
    }
  }
  return problems;
}
