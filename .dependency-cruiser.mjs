import { layers } from './layers.mjs';

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment: `src/${layer} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: `^src/(${[layer, ...allowed].join('|')})/${layer === 'cli' ? '|^src/index\\.ts$' : ''}`,
  },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'aws-sdk-only-in-aws',
      severity: 'error',
      comment: 'the AWS SDK is imported by src/aws alone, so that nothing else can call AWS',
      from: { path: '^src/', pathNot: '^src/aws/' },
      to: { path: '@aws-sdk/|@smithy/' },
    },
    {
      name: 'check-imports-check',
      severity: 'error',
      comment:
        'a check stands alone; what two checks share is a fact of network/, a table of auditors/ or a section of the report',
      from: { path: '^src/auditors/[^/]+/', pathNot: '\\.generated\\.ts$' },
      to: { path: '^src/auditors/[^/]+/', pathNot: '^src/auditors/sections/' },
    },
    {
      name: 'section-imports-check',
      severity: 'error',
      comment: 'a section of the report is worked out from the network, never from a check',
      from: { path: '^src/auditors/sections/' },
      to: { path: '^src/auditors/(?!sections/)[^/]+/' },
    },
    {
      name: 'pure-engine',
      severity: 'error',
      comment: 'network/ has no I/O, no clock and no randomness',
      from: { path: '^src/(network|auditors)/' },
      to: { dependencyTypes: ['core'], pathNot: '^node:crypto$' },
    },
    {
      name: 'src-never-mocks',
      severity: 'error',
      comment: 'only the demo command may reach the sample accounts',
      from: { path: '^src/', pathNot: '^src/cli/commands/demo\\.ts$' },
      to: { path: '^(mocks|test|bench|scripts)/' },
    },
    {
      name: 'mocks-import-model-only',
      severity: 'error',
      comment: 'mocks stand on the model and on the SDK schemas, never on what they are used to test',
      from: { path: '^mocks/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    { name: 'no-circular', severity: 'error', comment: 'arrows go one way', from: {}, to: { circular: true } },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'what is shipped may not need a development dependency',
      from: { path: '^(src|mocks)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
