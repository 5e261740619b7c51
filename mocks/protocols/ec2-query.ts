import type { Protocol } from './protocol.ts';
import { ec2Query, readQuery } from './query.ts';
import { createXmlWriter, escapeXml } from './xml.ts';

const write = createXmlWriter({ item: 'item' });
const contentType = 'text/xml;charset=UTF-8';

/** The protocol of EC2. */
export const ec2QueryProtocol: Protocol = {
  name: (body) => {
    const form = new URLSearchParams(body);
    const operation = form.get('Action');
    if (operation === null) return undefined;
    return { operation, input: (schema) => readQuery(ec2Query, schema.input, form) };
  },
  encode: (operation, schema, output, requestId) => ({
    contentType,
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
      `<requestId>${requestId}</requestId>${write(schema.output, output)}</${operation}Response>`,
  }),
  encodeError: ({ code, message }, requestId) => ({
    contentType,
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  }),
};
