/** A window on a folder that nobody has said to trust: all that only looks is there, and nothing is started. */
import { strict as assert } from 'node:assert';
import { inEveryTheme } from './views.mjs';

const DRIVES = 'nova.qemu-args';

/** User settings that make such a window of it. */
export const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** @param {import('./steps.mjs').Scene} scene */
export async function inRestrictedMode(scene) {
  const { workbench } = scene;
  await workbench.ready();
  await workbench.page.locator('#status\\.workspaceTrust', { hasText: 'Restricted Mode' }).waitFor();
  await workbench.open(DRIVES);
  await workbench.waitForText(/→ on, write-through until flush/);
  await workbench.hover('volume-512c91d8', /RBDCache on/);
  await workbench.dismiss();
  assert.match(await workbench.problems(), /drive-key-in-plain-text/);
  await workbench.run('View: Toggle Panel');

  const commands = await workbench.commands('RBDCache');
  assert.ok(commands.includes('RBDCache: Show Who Wins'), commands.join(', '));
  assert.ok(!commands.some((command) => command.includes('Detect Installed Versions')), commands.join(', '));

  await workbench.run('RBDCache: Open Walkthrough');
  const walkthrough = workbench.walkthrough();
  await walkthrough.step('Say which releases').click();
  await walkthrough.button('Detect installed versions').click();
  await workbench.notification('Programs are only started in a trusted workspace.');
  await inEveryTheme([{ name: 'restricted', open: async () => undefined }])(scene);
}
