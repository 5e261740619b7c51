import { defineConfig } from 'vitest/config';

/** The end-to-end suite against moto_server; MOTO_SERVER names its binary. */
export default defineConfig({
  test: {
    include: ['test/moto/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    reporters: ['default', './test/closing-line.mjs'],
  },
});
