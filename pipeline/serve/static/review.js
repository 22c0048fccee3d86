'use strict';
(() => {
  const $ = (query) => document.querySelector(query);
  const script = $('#script');
  if (!script) return;
  const name = script.dataset.name;
  const token = $('meta[name=token]').content;
  const sound = $('#sound');
  const told = $('#told');
  const editor = $('#editor');
  const field = { words: $('#words'), grapheme: $('#grapheme'), alias: $('#alias'), ipa: $('#ipa'), scope: $('#scope') };
  let digest = script.dataset.digest;
  let now = null; // the sentence that is heard
  let edited = null; // the sentence that the editor stands in
  let busy = false;

  const tell = (words) => { told.textContent = words; };
  const wrong = (words) => { $('#wrong').textContent = words; };
  const text = (item) => item.querySelector('.spoken').textContent;
  const number = (item) => item.querySelector('[data-do=edit]').getAttribute('aria-label').replace(/\D+/g, '');

  const ask = async (what, body) => {
    let answer;
    try {
      answer = await fetch(`/api/${name}/${what}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'X-Articlecast-Token': token } });
    } catch {
      throw new Error('The preview has ended: run articlecast serve again, then load this page again.');
    }
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(found.error || `The preview answered ${answer.status}.`), { found });
    return found;
  };

  // what the server says of a sentence
  const show = (one, item = document.getElementById(one.id)) => {
    if (!item) { location.reload(); return; } // lines were added or deleted in the file
    item.id = one.id;
    item.querySelector('.spoken').textContent = one.spoken;
    item.querySelector('.facts').textContent = one.facts;
    item.dataset.known = one.known ? 'yes' : 'no';
    item.toggleAttribute('data-changed', one.changed);
    item.toggleAttribute('data-edited', one.machine !== '');
    let written = item.querySelector('.written');
    if (one.written && one.written !== one.spoken && !written) {
      written = document.createElement('p');
      written.className = 'written';
      written.append('Written: ', Object.assign(document.createElement('span'), { textContent: one.written, lang: item.querySelector('.spoken').lang }));
      item.querySelector('.spoken').after(written);
    } else if (written) {
      written.hidden = !one.written || one.written === one.spoken;
    }
  };
  const refresh = async () => {
    const found = await ask('script');
    digest = found.digest;
    for (const one of found.sentences) show(one);
  };

  // hearing
  const label = (item, words) => {
    const button = item?.querySelector('[data-do=play]');
    if (!button) return;
    button.textContent = words;
    button.setAttribute('aria-label', `${words} sentence ${number(item)}`);
  };
  const mark = (item) => {
    if (now) { now.classList.remove('now'); label(now, 'Play'); }
    now = item;
    if (now) { now.classList.add('now'); label(now, 'Stop'); }
  };
  const play = async (item, quiet = false) => {
    mark(item);
    sound.src = `/review/${name}/sound/${encodeURIComponent(item.id)}?${Date.now()}`;
    // who has just saved has been told so; else it is told that a voice needs its time
    if (item.dataset.known === 'no' && !quiet) tell(`Speaking sentence ${number(item)}.`);
    try {
      await sound.play();
      if (item.dataset.known === 'no' && !quiet) tell('');
      item.dataset.known = 'yes';
    } catch (error) {
      if (error.name === 'AbortError') return; // another sentence was asked for
      const why = await fetch(sound.src).then((answer) => (answer.ok ? {} : answer.json())).catch(() => ({}));
      mark(null);
      tell(why.error || 'This sentence cannot be played.');
    }
  };
  sound.addEventListener('ended', () => {
    const every = [...document.querySelectorAll('#script li[data-heard=yes]')];
    const next = $('#on').checked && now ? every[every.indexOf(now) + 1] : null;
    mark(null);
    if (!next) return;
    next.closest('details').open = true;
    next.scrollIntoView({ block: 'nearest' });
    play(next);
  });

  // editing
  const close = (focus) => {
    if (!edited) return;
    const button = edited.querySelector('[data-do=edit]');
    button.setAttribute('aria-expanded', 'false');
    edited = null;
    editor.hidden = true;
    $('#main').append(editor);
    if (focus) button.focus();
  };
  const open = (item) => {
    close(false);
    edited = item;
    item.append(editor);
    editor.hidden = false;
    editor.setAttribute('aria-label', `Edit sentence ${number(item)}`);
    item.querySelector('[data-do=edit]').setAttribute('aria-expanded', 'true');
    field.words.value = text(item);
    for (const one of ['grapheme', 'alias', 'ipa']) field[one].value = '';
    $('[data-do=undo]').hidden = !item.hasAttribute('data-edited');
    wrong('');
    field.words.focus();
  };
  const change = async (what, body, done) => {
    if (busy || !edited) return;
    busy = true;
    wrong('');
    const item = edited;
    try {
      const found = await ask(what, body);
      digest = found.digest;
      await done(found, item);
    } catch (error) {
      if (error.found?.sentence) show(error.found.sentence, item);
      wrong(error.message);
    }
    busy = false;
  };
  const saved = async (found, item) => {
    show(found.sentence, item);
    unapprove();
    close(true);
    tell('Saved.');
    if (item.dataset.heard === 'yes') await play(item, true);
  };
  editor.addEventListener('submit', (event) => {
    event.preventDefault();
    change('edit', { id: edited.id, spoken: field.words.value, expected: text(edited) }, saved);
  });
  editor.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.preventDefault(); close(true); }
    if (event.key === 'Enter' && event.target === field.words && !event.shiftKey && !event.isComposing) {
      event.preventDefault(); // a sentence stands on one line
      editor.requestSubmit();
    }
    if (event.key === 'Enter' && event.target.matches('fieldset input')) { event.preventDefault(); pronounce(); }
  });
  const pronounce = () => change('pronounce',
    { grapheme: field.grapheme.value, alias: field.alias.value, ipa: field.ipa.value, scope: field.scope.value },
    async (found, item) => {
      if (found.changed.length) unapprove();
      await refresh();
      const count = found.changed.length;
      tell(count ? `${count} ${count === 1 ? 'sentence says' : 'sentences say'} it so now.`
        : 'The lexicon has it; no sentence of this script is said otherwise, since a person edited it or the word is not in it.');
      close(true);
      const next = found.changed.includes(item.id) ? item : document.getElementById(found.changed[0]);
      if (next) await play(next, true);
    });

  script.addEventListener('click', (event) => {
    const act = event.target.closest('[data-do]')?.dataset.do;
    const item = event.target.closest('li');
    if (act === 'play') {
      if (item === now && !sound.paused) { sound.pause(); mark(null); } else play(item);
    } else if (act === 'edit') {
      if (item === edited) close(true); else open(item);
    } else if (act === 'cancel') {
      close(true);
    } else if (act === 'undo') {
      change('undo', { id: item.id, expected: text(item) }, saved);
    } else if (act === 'pronounce') {
      pronounce();
    }
  });
  $('#only').addEventListener('change', (event) => {
    document.documentElement.classList.toggle('only', event.target.checked);
    if (!event.target.checked) return;
    for (const chapter of document.querySelectorAll('.chapter')) {
      if (chapter.querySelector('[data-changed], [data-edited]')) chapter.open = true;
    }
    const count = document.querySelectorAll('#script li[data-changed], #script li[data-edited]').length;
    tell(`${count} ${count === 1 ? 'sentence' : 'sentences'} shown.`);
  });
  $('#only').checked = false; // browsers remember it over a reload

  // rendering
  const button = $('#render');
  const bar = $('#progress');
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const follow = async () => {
    button.setAttribute('aria-disabled', 'true');
    bar.hidden = false;
    try {
      for (;;) {
        const one = await ask('render');
        if (one.total) { bar.max = one.total; bar.value = one.done; } else { bar.removeAttribute('value'); }
        if (one.state === 'done' || one.state === 'failed') {
          await refresh().catch(() => {}); // a conflict may be open now
          tell(one.state === 'done' ? `The episode is rendered: ${one.message}.` : `The render failed: ${one.message}`);
          break;
        }
        await wait(400);
      }
    } catch (error) {
      tell(error.message);
    }
    bar.hidden = true;
    button.removeAttribute('aria-disabled');
  };
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    try {
      await ask('render', {});
    } catch (error) {
      tell(error.message);
      return;
    }
    tell('The episode is being rendered.');
    await follow();
  });
  ask('render').then((one) => { if (one.state === 'waiting' || one.state === 'running') follow(); }).catch(() => {});

  // approving
  const approve = $('#approve');
  const unapprove = () => {
    if (approve) { approve.dataset.state = 'waiting'; approve.textContent = 'Approve this script'; }
  };
  approve?.addEventListener('click', async () => {
    if (approve.dataset.state === 'approved') return;
    try {
      await ask('approve', { digest });
      approve.dataset.state = 'approved';
      approve.textContent = 'Approved';
      tell('The script is approved.');
    } catch (error) {
      tell(error.message);
    }
  });
})();
