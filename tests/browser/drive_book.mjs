// drive_book.mjs FOLDER NAME: a book's pages and the embedded one in chromium; prints what came of it as JSON.
// Wants puppeteer-core in NODE_CHECKS' node_modules; CHROMIUM is the browser.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_CHECKS, 'x.js'));
const puppeteer = require('puppeteer-core');
const [folder, name] = process.argv.slice(2);
const told = { errors: [], requests: [] };
const here = pathToFileURL(folder).href;
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, headless: true, timeout: 60000,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required', '--mute-audio'] });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const open = async (file) => {
  const page = await browser.newPage();
  page.on('pageerror', (error) => told.errors.push(`${file}: ${error.message}`));
  page.on('request', (request) => { if (!/^data:/.test(request.url()) && !request.url().startsWith(here)) told.requests.push(request.url()); });
  await page.goto(`${here}/${file}`, { waitUntil: 'load' });
  await page.waitForFunction(() => document.querySelector('audio').readyState > 0);
  return page;
};
const state = (page) => page.evaluate(() => { const audio = document.querySelector('audio');
  return { time: audio.currentTime, paused: audio.paused, rate: audio.playbackRate, page: location.pathname.split('/').pop(),
    now: document.querySelector('.s.now')?.id, focus: document.activeElement.id || document.activeElement.tagName,
    told: document.querySelector('#told')?.textContent }; });
const until = async (page, stopped) => { for (let i = 0; i < 60; i++) { if (stopped(await state(page))) break; await wait(100); } return state(page); };
const tabTo = async (page, query) => { // as a person does who has no mouse
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((one) => document.activeElement.matches(one), query)) return true;
  }
  return false;
};

// every key and button on a page of a book, and on embedded pages, with and without sentences
for (const file of process.argv.slice(4)) {
  const page = await open(file);
  for (const key of [...'.,][jl+-kk']) { await page.keyboard.press(key); await wait(60); }
  const buttons = await page.$$('[data-do]');
  for (const button of buttons) { await button.click(); await wait(60); }
  await page.evaluate(() => document.querySelector('audio').pause());
  told.buttons = { ...told.buttons, [file]: buttons.length };
  await page.evaluate(() => localStorage.clear());
  await page.close();
}

// the second page begins with its own chapter, stops where the third begins, and leads there by keyboard
let page = await open(`${name}.readalong-002.html`);
await wait(300);
told.second = await state(page);
told.headings = await page.evaluate(() => [...document.querySelectorAll('h1, main h2')].map((one) => one.tagName));
const end = await page.evaluate(() => Number(document.querySelector('#article').dataset.end));
told.end = end;
await page.evaluate((time) => { document.querySelector('audio').currentTime = time - 0.6; }, end);
await wait(200);
await page.keyboard.press('k');
told.stopped = await until(page, (one) => one.paused && one.time >= end - 0.05);
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
await page.waitForFunction(() => document.querySelector('audio').readyState > 0);
told.third = await state(page);

// the last page begins with its own chapter too, whatever stands behind the address and was remembered of another page
await page.evaluate(() => { localStorage.clear(); localStorage.setItem('articlecast:' + document.documentElement.dataset.name, '{"time": 0.9}'); });
const last = await open(`${name}.readalong-004.html#%`);
await wait(300);
told.last = { ...await state(last), first: await last.evaluate(() => Number(document.querySelector('.s[data-t]').dataset.t.split(' ')[0])) };
// where lines run to the left, so do the arrow keys
await last.evaluate(() => { document.documentElement.dir = 'rtl'; document.querySelector('.s[data-t]').focus(); });
await last.keyboard.press('ArrowLeft');
told.left = await last.evaluate(() => [...document.querySelectorAll('.s[data-t]')].indexOf(document.activeElement));
await last.close();
await page.bringToFront();

// settings and the sleep timer without a mouse
told.summary = await tabTo(page, 'summary');
await page.keyboard.press('Enter');
told.opened = await page.evaluate(() => document.querySelector('details').open);
told.plain = await tabTo(page, '[data-set=theme]');
await page.keyboard.type('d'); // dark
told.theme = await page.evaluate(() => document.documentElement.dataset.theme);
told.sleep = await tabTo(page, '#sleep');
await page.keyboard.press('End'); // the last choice: the end of the chapter
told.chosen = await page.evaluate(() => document.querySelector('#sleep').value);
await page.keyboard.press('Escape');
told.timer = await state(page);
told.words = await tabTo(page, '[data-set=words]');
await page.keyboard.press('Space');
told.still = await page.evaluate(() => document.documentElement.classList.contains('still'));
const next = await page.evaluate(() => [...document.querySelectorAll('a[data-chapter]')].map((one) => Number(one.dataset.chapter))
  .find((time) => time > document.querySelector('audio').currentTime + 0.05));
await page.evaluate((time) => { document.activeElement.blur(); document.querySelector('audio').currentTime = time - 0.6; }, next);
await wait(200);
await page.keyboard.press('k');
told.asleep = await until(page, (one) => one.paused && one.time >= next - 0.1);
told.next = next;
await page.close();
await browser.close();
console.log(JSON.stringify(told));
