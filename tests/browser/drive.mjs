// drive.mjs FOLDER NAME: what a reader does with NAME.readalong.html in chromium; prints what came of it as JSON.
// Wants puppeteer-core in NODE_CHECKS' node_modules; CHROMIUM is the browser.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_CHECKS, 'x.js'));
const puppeteer = require('puppeteer-core');
const [folder, name] = process.argv.slice(2);
const told = { errors: [], requests: [], dialogs: 0 };

// a server that knows ranges, without which no browser can seek
const types = { '.html': 'text/html', '.wav': 'audio/wav', '.mp3': 'audio/mpeg' };
const server = createServer((request, answer) => {
  try {
    const data = readFileSync(path.join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range || '');
    const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : data.length - 1] : [0, data.length - 1];
    answer.writeHead(range ? 206 : 200, { 'content-type': types[path.extname(request.url.split('#')[0])] || 'text/plain',
      'accept-ranges': 'bytes', 'content-length': to - from + 1,
      ...(range && { 'content-range': `bytes ${from}-${to}/${data.length}` }) });
    answer.end(data.subarray(from, to + 1));
  } catch { answer.writeHead(404).end(); }
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const http = `http://127.0.0.1:${server.address().port}/${name}.readalong.html`;
const file = pathToFileURL(path.join(folder, `${name}.readalong.html`)).href;

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, headless: true, timeout: 60000,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required', '--mute-audio'] });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const open = async (address, { script = true } = {}) => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 800 });
  page.on('pageerror', (error) => told.errors.push(error.message));
  page.on('console', (line) => { if (line.type() === 'error' && !/favicon/.test(line.location()?.url || '')) told.errors.push(line.text()); });
  page.on('dialog', (dialog) => { told.dialogs += 1; dialog.dismiss(); });
  page.on('request', (request) => { if (!request.url().startsWith('data:')) told.requests.push(request.url()); });
  await page.setJavaScriptEnabled(script);
  await page.evaluateOnNewDocument(() => {
    window.marks = [];
    document.addEventListener('DOMContentLoaded', () => {
      const audio = document.querySelector('audio');
      new MutationObserver((changes) => {
        for (const { target, oldValue } of changes) {
          if (audio.paused || audio.seeking || !target.classList.contains('now') || /\bnow\b/.test(oldValue || '')) continue;
          const sentence = target.closest('.s');
          const [start, end] = sentence.dataset.t.split(' ').map(Number);
          const word = target.classList.contains('w');
          const ms = (sentence.dataset.w || '').split(' ').map(Number);
          const index = word ? [...sentence.querySelectorAll('.w')].indexOf(target) : 0;
          const due = word ? start + ms[2 * index] / 1000 : start;
          window.marks.push({ word, id: sentence.id, late: audio.currentTime - due, end });
        }
      }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'], attributeOldValue: true });
    });
  });
  await page.goto(address, { waitUntil: 'load' });
  if (script) await page.waitForFunction(() => document.querySelector('audio').readyState > 0);
  return page;
};
const state = (page) => page.evaluate(() => { const audio = document.querySelector('audio');
  return { time: audio.currentTime, paused: audio.paused, rate: audio.playbackRate, now: document.querySelector('.s.now')?.id,
    focus: document.activeElement.id || document.activeElement.tagName, told: document.querySelector('#told')?.textContent }; });

for (const [kind, address] of [['file', file], ['http', http]]) {
  const page = await open(address);
  const one = {};
  one.starts = await state(page); // nothing plays by itself
  await page.keyboard.press('k');
  await wait(kind === 'file' ? 6000 : 1500);
  one.played = await state(page);
  await page.keyboard.press('k');
  one.stopped = await state(page);
  one.marks = await page.evaluate(() => window.marks);
  await page.close();
  told[kind] = one;
}

const page = await open(file);
const keys = {};
// Tab comes round, and meets each thing that can be used
let rounds = 0;
const met = new Set();
for (let i = 0; i < 200; i++) {
  await page.keyboard.press('Tab');
  const focus = await page.evaluate(() => { const e = document.activeElement; if (e === document.body) return '';
    const style = getComputedStyle(e); const box = e.getBoundingClientRect();
    window.unseen ||= []; // a person must see where the focus is: an outline, and nothing on top of it
    if (style.outlineStyle === 'none' && e.tagName !== 'AUDIO') window.unseen.push(e.outerHTML.slice(0, 80));
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
    if (top && !e.contains(top) && !top.contains(e)) window.unseen.push('covered: ' + e.outerHTML.slice(0, 80));
    return e.dataset.do || e.dataset.set || e.id || e.tagName; });
  if (!focus) { rounds += 1; if (rounds === 2) break; } else met.add(focus);
}
keys.met = [...met];
keys.rounds = rounds;
keys.unseen = await page.evaluate(() => window.unseen);
await page.evaluate(() => document.querySelector('.s[tabindex="0"]').focus());
await page.keyboard.press('ArrowDown');
keys.arrow = await state(page);
await page.keyboard.press('Enter');
await wait(300);
keys.enter = await state(page);
await page.keyboard.press('k');
for (const key of ['l', 'j', '.', ',', ']', '[', '+', '-']) {
  await page.keyboard.press(key);
  await wait(150);
  keys[key] = await state(page);
}
// a click on a sentence, and settings
await page.evaluate(() => document.querySelectorAll('main .s[data-t]')[3].click());
await wait(300);
keys.click = await state(page);
keys.clicked = await page.evaluate(() => document.querySelectorAll('main .s[data-t]')[3].id);
await page.evaluate(() => document.querySelector('audio').pause());
await page.evaluate(() => { document.querySelector('details').open = true; });
await page.select('[data-set=rate]', '3');
await page.select('[data-set=size]', '200');
await page.select('[data-set=lead]', '200');
await page.select('[data-set=theme]', 'contrast');
await page.click('[data-set=plain]');
keys.set = await page.evaluate(() => ({ rate: document.querySelector('audio').playbackRate, theme: document.documentElement.dataset.theme,
  size: getComputedStyle(document.documentElement).fontSize, family: getComputedStyle(document.body).fontFamily }));
await page.click('[data-set=keys]');
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press('k');
keys.off = await state(page);
// chapters by key, and what is remembered
await page.evaluate(() => { const links = document.querySelectorAll('a[data-chapter]'); links[links.length - 2].focus(); });
await page.keyboard.press('Enter');
await wait(300);
keys.chapter = await state(page);
await page.reload({ waitUntil: 'load' });
await page.waitForFunction(() => document.querySelector('audio').readyState > 0);
await wait(300);
keys.reloaded = await state(page);
keys.kept = await page.evaluate(() => ({ theme: document.documentElement.dataset.theme, rate: document.querySelector('audio').playbackRate }));
told.ran = await page.evaluate(() => ({ ran: window.ran, scripts: document.querySelectorAll('#article script, #article img, #article iframe, #article style').length,
  handlers: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length,
  hrefs: [...document.querySelectorAll('#article a')].map((a) => a.href) }));
await page.evaluate(() => localStorage.clear());
// a strict policy: a script that got into the page would not run
told.policy = await page.evaluate(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 2'; document.body.append(s); return window.ran; });
told.errors = told.errors.filter((line) => !/script-src|inline script/i.test(line));
told.keys = keys;
// narrow, large
const wide = async () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
await page.setViewport({ width: 320, height: 640 });
told.narrow = await wide();
await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
told.narrowFromRight = await wide();
await page.evaluate(() => { document.documentElement.dir = 'ltr'; });
await page.setViewport({ width: 640, height: 400, deviceScaleFactor: 2 });
told.zoomed = await wide();
await page.close();

const bare = await open(file, { script: false });
told.bare = await bare.evaluate(() => ({ audio: document.querySelector('audio').controls, buttons: [...document.querySelectorAll('button, select')].filter((e) => e.checkVisibility()).length,
  chapters: [...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href')), text: document.querySelector('#article').textContent }));
await bare.close();
await browser.close();
server.close();
told.requests = told.requests.filter((address) => !address.startsWith(pathToFileURL(folder).href) && !address.startsWith(http.slice(0, http.lastIndexOf('/'))));
console.log(JSON.stringify(told));
