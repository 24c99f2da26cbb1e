/** Before the tests that drive the built programs. */
import { build } from '../.ci/build.mjs';

export async function setup(): Promise<void> {
  await build({ quiet: true });
}
