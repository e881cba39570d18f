import { chromium } from 'playwright-core';

/** Keeps a browser on a build machine to itself: no display, no sandbox for root, no calls to its vendor. */
const ALONE = [
  '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CARILLON_BROWSER, args: ALONE });
}
