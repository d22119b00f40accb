(() => {
  'use strict';
  const form = document.querySelector('form.filters');
  const output = form.querySelector('output');
  const plans = [...document.querySelectorAll('section.plan')];
  const wanted = { plan: '', rule: '', severity: '', verdict: '' };

  // A key is rule.severity.verdict; a finding has one for each that is told under it, too.
  const fits = (keys) => keys.split(',').some((key) => {
    const [rule, severity, verdict] = key.split('.');
    return (!wanted.rule || rule === wanted.rule)
      && (!wanted.severity || severity === wanted.severity)
      && (!wanted.verdict || verdict === wanted.verdict);
  });

  const isFiltered = () => Object.values(wanted).some(Boolean);

  // What is folded is text until somebody opens it.
  const unfold = (details) => {
    const text = details.querySelector(':scope > script[type="text/html"]');
    if (!text) return;
    const holder = document.createElement('div');
    holder.innerHTML = text.textContent;
    text.replaceWith(...holder.childNodes);
    const plan = details.closest('section.plan');
    if (plan) sift(plan);
  };

  const sift = (plan) => {
    for (const found of plan.querySelectorAll('.finding')) found.hidden = !fits(found.dataset.key);
    for (const more of plan.querySelectorAll('details.undecided')) {
      const rows = [...more.querySelectorAll('.finding')];
      more.hidden = rows.every((row) => row.hidden);
      if (isFiltered() && wanted.verdict === 'u' && !more.hidden) more.open = true;
    }
  };

  const apply = () => {
    let shown = 0;
    let all = 0;
    for (const plan of plans) {
      const keys = plan.dataset.keys ? plan.dataset.keys.split(' ') : [];
      const here = !wanted.plan || plan.dataset.plan === wanted.plan;
      const fit = here ? keys.filter(fits).length : 0;
      plan.hidden = isFiltered() && fit === 0;
      all += keys.length;
      shown += fit;
      sift(plan);
    }
    output.textContent = `${output.dataset.shown} ${shown} / ${output.dataset.of} ${all} ${output.dataset.merged}`;
  };

  form.addEventListener('change', () => {
    for (const name of Object.keys(wanted)) wanted[name] = form.elements[name].value;
    apply();
  });
  form.addEventListener('reset', () => {
    for (const name of Object.keys(wanted)) wanted[name] = '';
    apply();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('toggle', (event) => {
    if (event.target.open) unfold(event.target);
  }, true);

  const find = (id) => {
    const there = document.getElementById(id);
    if (there) return there;
    const mark = `id="${id}"`;
    for (const text of document.querySelectorAll('script[type="text/html"]')) {
      if (text.textContent.includes(mark)) {
        unfold(text.parentElement);
        return document.getElementById(id);
      }
    }
    return null;
  };

  // Whoever follows a link sees where it leads, whatever is folded or filtered.
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && find(id);
    if (!target) return;
    if (target.closest('[hidden]')) form.reset();
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') {
        unfold(at);
        at.open = true;
      }
    }
    target.scrollIntoView();
    if (target.hasAttribute('tabindex')) target.focus({ preventScroll: true });
  };
  addEventListener('hashchange', go);

  // On paper nothing can be opened.
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) {
      unfold(details);
      details.open = true;
    }
  });

  // Without scripts there is nothing to filter by.
  form.hidden = false;
  apply();
  go();
})();
