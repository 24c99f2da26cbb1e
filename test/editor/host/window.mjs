/** The browser window in which VS Code's web server shows its workbench. */
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../.ci/lib/dependencies.mjs';

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens an empty page that reaches nothing but this machine: galleries and the like are answered at once.
 * @param {{ width: number, height: number }} viewport
 * @returns {Promise<{ browser: import('playwright-core').Browser, page: import('playwright-core').Page }>}
 */
export async function openWindow(viewport) {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium found');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.route(
    (url) => url.hostname !== '127.0.0.1' && url.protocol.startsWith('http'),
    (route) => route.abort(),
  );
  return { browser, page };
}
