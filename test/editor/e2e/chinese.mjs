/** The same window in Chinese: VS Code's commands, what the server says and what the client says. */
import { strict as assert } from 'node:assert';

/**
 * What a language pack does that is installed: the server of this host has none.
 * @param {import('playwright-core').Page} page
 */
export function speakChinese(page) {
  return page.addInitScript(() => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: 'zh-cn' }));
}

/** @param {import('./steps.mjs').Scene} scene */
export async function inChinese({ workbench, photograph }) {
  await workbench.ready();
  await workbench.open('start-vms.sh');
  await workbench.lens('RBDCache 开启 · 首次刷新前写穿');
  await photograph('chinese');
  await workbench.run('RBDCache: 选择 QEMU 和 librbd 版本');
  const title = workbench.page.locator('.quick-input-title', { hasText: 'QEMU 的版本' });
  await title.waitFor();
  assert.equal(await title.innerText(), 'QEMU 的版本（1/2）');
}
