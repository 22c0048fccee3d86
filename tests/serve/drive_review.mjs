// drive_review.mjs ADDRESS SCRIPT: what a person does with the preview in chromium; prints what came of it as JSON.
// ADDRESS is the preview's, SCRIPT the file of the script. Wants puppeteer-core, and for the rules axe-core, in
// NODE_CHECKS' node_modules (AXE: the file of axe-core where it lies elsewhere); CHROMIUM is the browser.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_CHECKS, 'x.js'));
const puppeteer = require('puppeteer-core');
const [address, script] = process.argv.slice(2);
const axe = [process.env.AXE, path.join(process.env.NODE_CHECKS, 'node_modules/axe-core/axe.min.js')].find((one) => one && existsSync(one));
const told = { errors: [], requests: [], axe: axe ? {} : null, wide: {} };

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, headless: true, timeout: 60000,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--mute-audio'] });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const page = await browser.newPage();
await page.setViewport({ width: 1000, height: 800 });
page.on('pageerror', (error) => told.errors.push(error.message));
page.on('console', (line) => { if (line.type() === 'error') told.errors.push(line.text()); });
page.on('request', (request) => { if (!request.url().startsWith(address) && !request.url().startsWith('data:')) told.requests.push(request.url()); });

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const look = async (name) => {
  if (axe) {
    // through the debugger: the page's own policy lets no other script in
    await page.evaluate(readFileSync(axe, 'utf8') + '; true');
    const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), tags);
    told.axe[name] = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  }
  await page.setViewport({ width: 320, height: 640 });
  told.wide[name] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.setViewport({ width: 1000, height: 800 });
};
const go = (where) => page.goto(address + where, { waitUntil: 'load' });
const item = (spoken) => page.evaluate((spoken) => [...document.querySelectorAll('#script li')]
  .find((one) => one.querySelector('.spoken').textContent === spoken)?.id, spoken);
const state = (id) => page.evaluate((id) => { const one = document.getElementById(id); return {
  spoken: one.querySelector('.spoken').textContent, facts: one.querySelector('.facts').textContent,
  play: one.querySelector('[data-do=play]').textContent, now: one.classList.contains('now'),
  focus: document.activeElement.dataset.do || document.activeElement.id, status: document.querySelector('#told').textContent,
  wrong: document.querySelector('#wrong').textContent }; }, id);
// a sentence is heard to its end: how long it was, in s
let last = '';
const heard = async () => {
  await page.waitForFunction((last) => { const sound = document.querySelector('#sound');
    return sound.src !== last && sound.currentTime > 0.2 && !sound.error; }, { timeout: 20000 }, last);
  const found = await page.evaluate(() => ({ seconds: document.querySelector('#sound').duration, source: document.querySelector('#sound').src }));
  await page.waitForFunction(() => document.querySelector('#sound').ended, { timeout: 20000 });
  last = found.source;
  found.bytes = await page.evaluate((source) => fetch(source).then((one) => one.arrayBuffer()).then((one) => one.byteLength), found.source);
  return found;
};
const press = async (id, what) => { await page.focus(`#${id} [data-do=${what}]`); await page.keyboard.press('Enter'); };

await go('/');
await look('episodes');
await page.focus('.ways a');
await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
told.opened = page.url().slice(address.length);
await look('review');
told.quiet = await page.evaluate(() => document.querySelector('#sound').paused && !document.querySelector('#sound').src);
told.live = await page.evaluate(() => document.querySelectorAll('#script [aria-live], #script [role=status], #script [role=alert]').length);

// hear a sentence
const id = await item('Bays make tides larger.');
await press(id, 'play');
await wait(300);
told.playing = await state(id);
told.first = await heard();
await wait(100);
told.played = await state(id);

// change a word, hear the change
await press(id, 'edit');
told.editing = await state(id);
await look('editing');
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
await look('dark');
await page.emulateMediaFeatures([]);
await page.keyboard.press('Escape');
told.escaped = await state(id);
await press(id, 'edit');
await page.evaluate(() => { document.querySelector('#words').value = ''; });
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.querySelector('#wrong').textContent, { timeout: 10000 });
told.refused = await state(id);
await page.type('#words', 'Bays make the tides of their coasts very much larger.');
await page.keyboard.press('Enter');
told.second = await heard();
told.changed = await state(id);
told.script = readFileSync(script, 'utf8');

// render the episode
await page.focus('#render');
await page.keyboard.press('Enter');
await page.waitForFunction(() => /is rendered|failed/.test(document.querySelector('#told').textContent), { timeout: 40000 });
told.rendered = await state(id);

// say a word differently: another sentence
const moon = await item('The moon pulls at the water beneath it.');
await press(moon, 'edit');
await page.type('#grapheme', 'beneath');
await page.type('#alias', 'far below');
await page.keyboard.press('Enter');
told.third = await heard();
told.pronounced = await state(moon);

// only what changed, and back to the machine's words
await page.focus('#only');
await page.keyboard.press('Space');
told.shown = await page.evaluate(() => [...document.querySelectorAll('#script li')].filter((one) => one.checkVisibility()).map((one) => one.querySelector('.spoken').textContent));
await press(id, 'edit');
await page.focus('[data-do=undo]');
await page.keyboard.press('Enter');
told.fourth = await heard();
told.undone = await state(id);
await page.keyboard.press('Escape');

// Tab meets everything, is seen, and leads out again
await go(told.opened);
let rounds = 0, met = 0;
for (let i = 0; i < 200 && rounds < 2; i++) {
  await page.keyboard.press('Tab');
  const focus = await page.evaluate(() => { const e = document.activeElement; if (e === document.body) return '';
    window.unseen ||= []; const style = getComputedStyle(e); const box = e.getBoundingClientRect();
    if (style.outlineStyle === 'none' && e.tagName !== 'AUDIO') window.unseen.push(e.outerHTML.slice(0, 80));
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
    if (top && !e.contains(top) && !top.contains(e)) window.unseen.push('covered: ' + e.outerHTML.slice(0, 80));
    return 'x'; });
  if (focus) met += rounds === 1 ? 0 : 1; else rounds += 1;
}
told.tab = { rounds, met, unseen: await page.evaluate(() => window.unseen) };

// a script that gets into the page does not run, and the token of another run changes nothing
told.policy = await page.evaluate(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); return window.ran; });
told.errors = told.errors.filter((line) => !/script-src|inline script|status of 400/i.test(line));
await go(told.opened.replace('/review/', '/episodes/') + '/');
await look('files');
await page.evaluate(() => document.querySelector('audio').play());
await page.waitForFunction(() => document.querySelector('audio').currentTime > 0.2, { timeout: 10000 });
await page.evaluate(() => { const audio = document.querySelector('audio'); audio.currentTime = 20; });
await page.waitForFunction(() => document.querySelector('audio').currentTime > 20.2, { timeout: 10000 });
told.sought = await page.evaluate(() => document.querySelector('audio').currentTime);
await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click('a.main')]);
await page.keyboard.press('k');
await page.waitForFunction(() => document.querySelector('.s.now'), { timeout: 10000 });
told.along = await page.evaluate(() => document.querySelector('.s.now').textContent);
await browser.close();
console.log(JSON.stringify(told));
