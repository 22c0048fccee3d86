'use strict';
(() => {
  const $ = (query) => document.querySelector(query);
  const all = (query) => [...document.querySelectorAll(query)];
  const root = document.documentElement;
  const audio = $('audio');
  if (!audio) return;

  // what the browser remembers; some browsers refuse, and the page works without
  const key = 'articlecast:' + root.dataset.name;
  const recall = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* not allowed */ } };

  // sentences in the order of hearing: their times in s, their words' times in s and elements
  const sentences = all('.s[data-t]').map((element) => {
    const [start, end] = element.dataset.t.split(' ').map(Number);
    const ms = (element.dataset.w || '').split(' ').filter(Boolean).map(Number);
    const words = [...element.querySelectorAll('.w')].map((word, i) => (
      { element: word, start: start + ms[2 * i] / 1000, end: start + ms[2 * i + 1] / 1000 }));
    return { element, start, end, words };
  }).sort((a, b) => a.start - b.start);
  const of = new Map(sentences.map((one, i) => [one.element, i]));
  const blocks = sentences.map((one) => one.element.closest('p, li, h1, h2, h3, h4, h5, h6, tr, figure, pre, dt, dd'));
  const player = $('.player');
  const says = JSON.parse(player.dataset.words); // in the language of the page
  const first = sentences.length ? sentences[0].start : 0;
  const begin = Number($('#article')?.dataset.start || 0); // of this page, where there is one before it
  const end = Number($('#article')?.dataset.end || 0); // of this page, where there is another
  let now = -1;
  let wordsNow = [];
  let target = -1; // the sentence that Tab leads to

  const at = (time) => { // the last sentence that has begun
    let low = 0, high = sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sentences[middle].start <= time + 0.001) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  const point = (index) => {
    if (!sentences[index] || index === target) return; // an embedded book has none
    sentences[target]?.element.removeAttribute('tabindex');
    sentences[index].element.tabIndex = 0;
    target = index;
  };

  const show = () => {
    const time = audio.currentTime;
    const index = at(time);
    if (index !== now) {
      sentences[now]?.element.classList.remove('now');
      now = index;
      const one = sentences[now];
      if (one) {
        one.element.classList.add('now');
        if (!(sentences[target]?.element === document.activeElement)) point(now);
        if (settings.follow && !audio.paused) bring(one.element);
      }
    }
    const words = sentences[now]?.words.filter((word) => word.start <= time + 0.001 && time < word.end) || [];
    if (words.length !== wordsNow.length || words.some((word, i) => word !== wordsNow[i])) {
      for (const word of wordsNow) word.element.classList.remove('now');
      for (const word of words) word.element.classList.add('now');
      wordsNow = words;
    }
  };

  const bring = (element) => {
    const box = element.getBoundingClientRect();
    const frame = root.classList.contains('embed') ? $('#article').getBoundingClientRect()
      : { top: 0, bottom: Math.max(innerHeight / 3, Math.min(innerHeight, player.getBoundingClientRect().top)) };
    if (box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  };

  // seeking before the file is known would be lost
  let wanted = null;
  const seek = (time) => {
    time = Math.max(0, time);
    if (audio.readyState < 1) { wanted = time; audio.preload = 'metadata'; audio.load(); return; }
    audio.currentTime = Math.min(time, audio.duration || time);
    show();
  };
  audio.addEventListener('loadedmetadata', () => { if (wanted !== null) { const time = wanted; wanted = null; seek(time); } });
  const place = () => (wanted === null ? audio.currentTime : wanted);
  const play = () => audio.play().catch(() => { /* the browser wants a gesture first */ });
  const hear = (index) => { if (sentences[index]) { seek(sentences[index].start); play(); } };
  const toggle = () => (audio.paused ? play() : audio.pause());
  const step = (by) => {
    if (!sentences.length) return;
    const index = at(place());
    // a step back in the middle of a sentence leads to its beginning
    const here = by < 0 && index >= 0 && place() - sentences[index].start > 1.5 ? index : index + by;
    seek(sentences[Math.max(0, Math.min(sentences.length - 1, here))].start);
  };
  const leap = (by) => { // to the next or the last paragraph
    if (!sentences.length) return;
    let index = Math.max(0, at(place()));
    const opening = (i) => { while (i > 0 && blocks[i - 1] === blocks[i]) i -= 1; return i; };
    if (by > 0) { const block = blocks[index]; while (index < sentences.length - 1 && blocks[index] === block) index += 1; }
    else { const start = opening(index); index = place() - sentences[start].start > 1.5 ? start : opening(Math.max(0, start - 1)); }
    seek(sentences[index].start);
  };

  // settings
  const settings = { rate: 1, size: 100, lead: 160, theme: '', plain: false, follow: true, words: true, keys: true };
  // other pages of this address may have kept there what they like: only what a field offers is taken
  const offers = (field, value) => field.type === 'checkbox' ? typeof value === 'boolean'
    : typeof value === typeof settings[field.dataset.set] && [...field.options].some((one) => one.value === String(value));
  const kept = recall('articlecast:settings') || {};
  for (const field of all('[data-set]')) {
    const name = field.dataset.set;
    if (offers(field, kept[name])) settings[name] = kept[name];
  }
  const apply = () => {
    audio.defaultPlaybackRate = audio.playbackRate = settings.rate;
    root.style.setProperty('--size', `${1.125 * settings.size / 100}rem`);
    root.style.setProperty('--lead', String(settings.lead / 100));
    if (settings.theme) root.dataset.theme = settings.theme; else delete root.dataset.theme;
    root.classList.toggle('plain', settings.plain);
    root.classList.toggle('still', !settings.words);
    for (const field of all('[data-set]')) {
      const value = settings[field.dataset.set];
      if (field.type === 'checkbox') field.checked = value; else field.value = String(value);
    }
  };
  document.addEventListener('change', ({ target: field }) => {
    const name = field.dataset.set;
    if (!name) return;
    if (field.type === 'checkbox') settings[name] = field.checked;
    else settings[name] = typeof settings[name] === 'number' ? Number(field.value) : field.value;
    apply();
    keep('articlecast:settings', settings);
  });
  const tell = (text) => { const box = $('#told'); if (box) box.textContent = text; };
  const speed = (by) => {
    const rates = [...$('[data-set=rate]').options].map((one) => Number(one.value));
    const next = rates.indexOf(settings.rate) + by;
    if (!(next in rates)) return;
    settings.rate = rates[next];
    apply();
    keep('articlecast:settings', settings);
    tell(`${says.speed} ${settings.rate}`);
  };

  // sleep
  let sleepAt = 0, sleepChapter = false, chapterEnd = 0;
  $('#sleep')?.addEventListener('change', ({ target: field }) => {
    sleepChapter = field.value === 'chapter';
    sleepAt = Number(field.value) ? Date.now() + Number(field.value) * 60000 : 0;
    chapterEnd = chapters.find((time) => time > place() + 0.05) || Infinity;
    tell(field.value === '' ? says.no_timer : says.timer_set);
  });
  const chapters = all('a[data-chapter]').map((link) => Number(link.dataset.chapter));
  const rest = () => {
    if (audio.paused) return;
    const asleep = (sleepAt && Date.now() >= sleepAt) || (sleepChapter && place() >= chapterEnd - 0.05);
    if (asleep) { sleepAt = 0; sleepChapter = false; $('#sleep').value = ''; audio.pause(); tell(says.asleep); }
    else if (end && place() >= end) { audio.pause(); tell(says.page_end); $('#next')?.focus(); }
  };

  // buttons, sentences, chapters
  const acts = { play: toggle, back: () => seek(place() - 15), on: () => seek(place() + 15), before: () => step(-1),
    after: () => step(1), above: () => leap(-1), below: () => leap(1) };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button) { acts[button.dataset.do](); return; }
    const link = event.target.closest('a');
    if (link) {
      if (!('chapter' in link.dataset)) return;
      const heading = link.dataset.here && document.getElementById(link.dataset.here);
      if (!heading) return; // on another page
      event.preventDefault();
      seek(Number(link.dataset.chapter));
      if (!link.hash.startsWith('#t=')) { heading.scrollIntoView({ block: 'start' }); point(of.get(heading) ?? -1); heading.focus({ preventScroll: true }); } else play();
      return;
    }
    const sentence = event.target.closest('.s[data-t]');
    if (sentence && !String(getSelection())) { point(of.get(sentence)); hear(of.get(sentence)); }
  });
  const shortcuts = { k: 'play', j: 'back', l: 'on', ',': 'before', '.': 'after', '[': 'above', ']': 'below' };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sentence = event.target.matches('.s[data-t]') ? of.get(event.target) : -1;
    const go = (index) => {
      if (!sentences[index]) return;
      point(index);
      sentences[index].element.focus();
      event.preventDefault();
    };
    if (sentence >= 0) {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); hear(sentence); return; }
      const [ahead, behind] = root.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
      if (event.key === 'ArrowDown' || event.key === ahead) { go(sentence + 1); return; }
      if (event.key === 'ArrowUp' || event.key === behind) { go(sentence - 1); return; }
    }
    if (!settings.keys || event.target.closest('input, select, textarea, audio, summary')) return;
    if (event.key in shortcuts) { event.preventDefault(); acts[shortcuts[event.key]](); }
    else if (event.key === '+' || event.key === '-') { event.preventDefault(); speed(event.key === '+' ? 1 : -1); }
  });

  // the clock: every frame while it plays; the events are for seeking, and for tabs in the background
  const tick = () => { show(); rest(); if (!audio.paused) requestAnimationFrame(tick); };
  const remember = () => { if (place() > first) keep(key, { time: place() }); };
  const label = () => { const button = $('[data-do=play]'); if (button) button.textContent = audio.paused ? says.play : says.pause; };
  audio.addEventListener('play', () => { label(); tick(); });
  audio.addEventListener('pause', () => { label(); remember(); });
  for (const name of ['seeked', 'timeupdate']) audio.addEventListener(name, () => { show(); rest(); });
  addEventListener('pagehide', remember);
  setInterval(() => { if (!audio.paused) remember(); }, 5000);

  for (const element of all('[data-live]')) element.hidden = false;
  // what is scrolled to, or has the focus, shall not lie under the player
  const sticky = () => getComputedStyle(player).position === 'sticky';
  new ResizeObserver(() => { root.style.scrollPaddingBottom = sticky() ? `${player.offsetHeight + 16}px` : ''; }).observe(player);
  root.classList.add('live');
  apply();
  point(0);
  const hash = location.hash.slice(1); // ids are plain
  const asked = hash.startsWith('t=') ? Number(hash.slice(2)) : sentences[of.get(document.getElementById(hash))]?.start;
  const known = recall(key);
  const start = Number.isFinite(asked) ? asked : known?.time;
  const mine = start > 0 && start >= begin && (!end || start < end);
  if (mine) seek(start); else if (begin) seek(begin);
})();
