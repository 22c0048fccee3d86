// check_pages.mjs PAGE.html ...: pages in chromium, judged by axe-core (WCAG 2.2 AA and best practice) and pa11y
// (HTML_CodeSniffer, WCAG2AA), in light and in dark; exit 1 on any finding. A page's Content-Security-Policy is
// bypassed so that the judges' scripts may run in it at all. Beside them: nothing starts by itself, Tab reaches what
// can be used, no sideways scrolling at 320 px, nothing but files beside the page is asked for.
// Wants axe-core, pa11y and puppeteer-core in NODE_CHECKS' node_modules; CHROMIUM is the browser.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_CHECKS || process.cwd(), 'x.js'));
const puppeteer = require('puppeteer-core');
const pa11y = require('pa11y');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LIMIT_MS = 240000;
const MOST = 120; // a transcript of a book has thousands of links: its first ones stand for all
const USABLE = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), audio[controls]';

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
  timeout: 120000, protocolTimeout: LIMIT_MS });
let bad = 0;
const fail = (line) => { bad += 1; console.log(`  ${line}`); };

const judge = async (page, what, run) => {
  await page.evaluate(axe);
  const found = await page.evaluate((options) => window.axe.run(document, { ...options, resultTypes: ['violations'] }), run);
  for (const one of found.violations) {
    fail(`axe, ${what}: ${one.impact} ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  }
  return found.passes.length;
};

for (const file of process.argv.slice(2)) {
  const url = pathToFileURL(path.resolve(file)).href;
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  page.on('pageerror', (error) => fail(`page error: ${error.message}`));
  page.on('request', (request) => { if (!/^(file|data|blob|about):/.test(request.url())) fail(`asks for ${request.url()}`); });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(url, { waitUntil: 'load', timeout: 60000 });
  const playing = await page.evaluate(() => [...document.querySelectorAll('audio, video')].filter((one) => one.autoplay || !one.paused).length);
  if (playing) fail('something plays by itself (WCAG 1.4.2)');
  await page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
  const passes = await judge(page, 'light', { runOnly: { type: 'tag', values: TAGS } });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await judge(page, 'dark', { runOnly: { type: 'rule', values: ['color-contrast'] } });
  await page.emulateMediaFeatures([]);
  const heard = await pa11y(url, { browser, page, ignoreUrl: true, standard: 'WCAG2AA', timeout: LIMIT_MS });
  for (const one of heard.issues) fail(`pa11y: ${one.code}: ${one.message}: ${one.context} ${one.selector}`.slice(0, 300));
  await page.setViewport({ width: 320, height: 800 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) fail(`at 320 px the page is ${over} px too wide (WCAG 1.4.10)`);
  // the browser's own player has an unknown number of stops; what matters is that none is the last
  const usable = await page.evaluate((query) => [...document.querySelectorAll(query)].filter((one) => !one.disabled && one.checkVisibility()).length, USABLE);
  const met = new Set();
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < usable + 40 && met.size < Math.min(usable, MOST); i++) {
    await page.keyboard.press('Tab');
    met.add(await page.evaluate(() => { const one = document.activeElement; window.stops ||= []; if (one === document.body) return -1;
      if (!window.stops.includes(one)) window.stops.push(one); return window.stops.indexOf(one); }));
    met.delete(-1);
  }
  if (met.size < Math.min(usable, MOST)) fail(`Tab reaches ${met.size} of ${usable} that can be used`);
  console.log(`${path.basename(file)}: ${passes} rules of axe pass, pa11y finds ${heard.issues.length}, Tab reaches ${met.size} of ${usable}`);
  await page.close();
}
await browser.close();
process.exit(bad ? 1 : 0);
