/** The same window in Chinese: VS Code's commands, what the server says and what the client says. */
import { strict as assert } from 'node:assert';
import { openWindow } from '../host/window.mjs';
import { Workbench } from './workbench.mjs';

/**
 * @param {string} address of a window on the samples
 * @param {string} pictureOfFailure
 */
export async function inChinese(address, pictureOfFailure) {
  const { browser, page } = await openWindow({ width: 1280, height: 720 });
  try {
    // What a language pack does that is installed: the server of this host has none.
    await page.addInitScript(() => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: 'zh-cn' }));
    await page.goto(address);
    const workbench = new Workbench(page);
    await workbench.ready();
    await workbench.open('start-vms.sh');
    await page.locator('.codelens-decoration', { hasText: 'RBDCache 开启 · 首次刷新前写穿' }).first().waitFor();
    await workbench.run('RBDCache: 选择 QEMU 和 librbd 版本');
    const title = page.locator('.quick-input-title', { hasText: 'QEMU 的版本' });
    await title.waitFor();
    assert.equal(await title.innerText(), 'QEMU 的版本（1/2）');
  } catch (error) {
    await page.screenshot({ path: pictureOfFailure });
    throw error;
  } finally {
    await browser.close();
  }
}
