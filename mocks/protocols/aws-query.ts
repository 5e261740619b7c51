import type { Protocol } from './protocol.ts';
import { awsQuery, readQuery } from './query.ts';
import { createXmlWriter, escapeXml } from './xml.ts';

const write = createXmlWriter({ item: 'member' });
const contentType = 'text/xml';

/** The protocol of STS and Elastic Load Balancing. */
export const awsQueryProtocol: Protocol = {
  name: (body) => {
    const form = new URLSearchParams(body);
    const operation = form.get('Action');
    if (operation === null) return undefined;
    return { operation, input: (schema) => readQuery(awsQuery, schema.input, form) };
  },
  encode: (operation, schema, output, requestId) => ({
    contentType,
    body:
      `<${operation}Response><${operation}Result>${write(schema.output, output)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  }),
  encodeError: ({ code, message, status }, requestId) => ({
    contentType,
    body:
      `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
};
