import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const report = process.env['RBDCACHE_VITEST_REPORT'];

/** Ends what hangs, and nothing else: a slow or busy machine takes its time. */
const HANGS_MS = 600_000;

const project = (name: string, include: string[], globalSetup: string[] = []) => ({
  test: { name, root, include, globalSetup, testTimeout: HANGS_MS, hookTimeout: HANGS_MS },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    ...(report !== undefined && { outputFile: { json: report } }),
    projects: [
      project('source', ['test/unit/**/*.test.ts']),
      // These drive what stands in dist/, so it is built from the sources first.
      project(
        'built',
        ['test/protocol/**/*.test.ts', 'test/conformance/**/*.test.ts', 'test/package/**/*.test.ts'],
        ['test/build-first.ts'],
      ),
    ],
  },
});
