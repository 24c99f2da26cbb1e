import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/unit/**/*.test.ts', 'test/protocol/**/*.test.ts', 'test/conformance/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
