// Opens reports in headless Chromium as a reader would: at desktop and phone width, light and dark, with filters
// and links clicked. Usage: node report.mjs CHECK.json REPORT.html… [--large REPORT.html] [--screenshots FOLDER]
// CHECK.json is `planlint check --format json --show undetermined` of the same repository.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const given = process.argv.slice(2);
const taken = (name) => {
  const at = given.indexOf(name);
  return at < 0 ? undefined : given.splice(at, 2)[1];
};
const screenshots = taken('--screenshots');
const large = taken('--large');
const [json, ...reports] = given;
const check = JSON.parse(readFileSync(json, 'utf8'));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// A page that may ask for nothing but the file itself, and complain of nothing.
const open = async (file, { width = 1280, height = 900, colorScheme = 'light' } = {}) => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  const url = pathToFileURL(resolve(file)).href;
  page.complaints = [];
  page.on('console', (said) => {
    if (['error', 'warning'].includes(said.type())) page.complaints.push(said.text());
  });
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) page.complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return page;
};

const close = async (page) => {
  assert.deepEqual(page.complaints, [], 'console and network stay silent');
  await page.context().close();
};

const visible = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
const choose = (page, name, value) => page.selectOption(`select[name=${name}]`, value);
const counted = async (page) => (await page.locator('.filters output').innerText()).match(/\d+/g).map(Number);

// What stands on the page is what the check says.
const countsAgree = async (page) => {
  const told = check.findings.filter((found) => !found.restates);
  const severity = (word) => told.filter((found) => found.severity === word && found.verdict !== 'undetermined').length;
  for (const [word, kind] of [['error', 's-error'], ['warning', 's-warning'], ['note', 's-note']]) {
    assert.equal(await page.locator(`article.finding.${kind}`).count(), severity(word), `${word}s`);
  }
  const undetermined = check.findings.filter((found) => found.verdict === 'undetermined').length;
  assert.equal(await page.locator('tr.finding').count(), undetermined, 'undetermined');
  for (const found of check.findings) {
    assert.equal(await page.locator(`[id="f${found.fingerprint}"]`).count(), 1, found.message);
  }
};

const filtersWork = async (page) => {
  const [all] = await counted(page);
  assert.equal((await counted(page))[1], all);
  await choose(page, 'severity', 'e');
  const errors = await visible(page, 'article.finding');
  assert.equal(errors, await visible(page, 'article.finding.s-error'), 'only errors are left');
  assert.equal((await counted(page))[0], errors);
  const plan = await page.locator('section.plan:not([hidden])').first().getAttribute('data-plan');
  await choose(page, 'plan', plan);
  assert.equal(await visible(page, 'section.plan'), 1, 'only one plan is left');
  await page.click('.filters button[type=reset]');
  assert.deepEqual(await counted(page), [all, all], 'nothing is filtered any more');
  const rule = await page.locator('select[name=rule] option').nth(1).getAttribute('value');
  await choose(page, 'rule', rule);
  const keys = await page.locator('.finding:not([hidden])').evaluateAll((found) => found.map((one) => one.dataset.key));
  assert.ok(keys.length > 0 && keys.every((all) => all.split(',').some((key) => key.startsWith(`${rule}.`))), 'only that rule is left');
  await page.click('.filters button[type=reset]');
  await choose(page, 'severity', 'w');
  const warnings = check.findings.filter((found) => found.severity === 'warning' && found.verdict !== 'undetermined');
  for (const { fingerprint } of warnings) {
    assert.ok(await page.locator(`[id="f${fingerprint}"]`).isVisible(), `a warning is hidden among warnings: ${fingerprint}`);
  }
  assert.equal(await visible(page, 'tr.finding'), 0, 'what could not be decided has no severity');
  await page.click('.filters button[type=reset]');
  await choose(page, 'verdict', 'u');
  assert.equal(await visible(page, 'article.finding'), 0);
  assert.ok(await visible(page, 'tr.finding') > 0, 'what could not be decided is shown');
  await page.click('.filters button[type=reset]');
};

const linksLead = async (page) => {
  const dead = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute('href').slice(1))
    .filter((id) => !document.getElementById(id)));
  assert.deepEqual(dead, [], 'every link has its end');
  for (const kind of ['s-error', 's-undetermined']) {
    const cell = page.locator(`table.matrix td.${kind} a`).first();
    const target = (await cell.getAttribute('href')).slice(1);
    // Filtered away, and found all the same.
    await choose(page, 'severity', kind === 's-error' ? 'n' : 'e');
    await cell.click();
    await page.waitForFunction((id) => {
      const at = document.getElementById(id);
      const { top, bottom } = at.getBoundingClientRect();
      return at.checkVisibility() && bottom > 0 && top < innerHeight;
    }, target);
  }
  await page.click('.filters button[type=reset]');
};

const keyboardWorks = async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop leads past the cover');
  await page.keyboard.press('Enter');
  await page.locator('select[name=severity]').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('select[name=severity]').inputValue(), 'e');
  assert.equal(await visible(page, 'article.finding'), await visible(page, 'article.finding.s-error'));
  await page.locator('.filters button[type=reset]').press('Enter');
  assert.equal(await page.locator('select[name=severity]').inputValue(), '');
};

const nothingOverflows = async (page) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, 'nothing is wider than the page');
};

const accessible = async (page) => {
  await page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
  // Evaluated by the browser's own tools, which the page's policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const said = violations.map(({ id, impact, help, nodes }) => `${impact} ${id}: ${help} (${nodes.length}) ${nodes[0].html.slice(0, 200)}`);
  assert.deepEqual(said, [], 'axe finds nothing');
};

const shot = async (page, name) => {
  if (!screenshots) return;
  for (const id of ['', 'summary', 'tree', 'matrix', 'indicators', 'findings', 'accepted', 'coverage', 'rules', 'method']) {
    await page.evaluate((at) => (at ? document.getElementById(at).scrollIntoView() : scrollTo(0, 0)), id);
    await page.screenshot({ path: `${screenshots}/${name}-${id || 'cover'}.png` });
  }
};

const paper = async (page, name) => {
  await page.emulateMedia({ media: 'print' });
  const path = screenshots && `${screenshots}/${name}.pdf`;
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, ...(path ? { path } : {}) });
  assert.ok(pdf.length > 10_000, 'it prints');
  await page.emulateMedia({ media: 'screen' });
};

for (const report of reports) {
  const name = basename(report, '.html');
  for (const colorScheme of ['light', 'dark']) {
    for (const [device, width, height] of [['desktop', 1280, 900], ['phone', 390, 844]]) {
      const page = await open(report, { width, height, colorScheme });
      await keyboardWorks(page);
      await nothingOverflows(page);
      await shot(page, `${name}-${device}-${colorScheme}`);
      await countsAgree(page);
      await filtersWork(page);
      await linksLead(page);
      if (device === 'desktop' && colorScheme === 'light') await paper(page, name);
      await accessible(page);
      await nothingOverflows(page);
      await close(page);
    }
  }
  console.log(`${name}: counts, filters, links, keyboard, print, both widths, light and dark; axe finds nothing`);
}

if (large) {
  const began = performance.now();
  const page = await open(large);
  const loaded = performance.now() - began;
  const [all] = await counted(page);
  const fold = page.locator('section.plan:not([data-keys=""]) details.fold').first();
  await fold.locator('summary').first().click();
  await fold.locator('.finding').first().waitFor({ state: 'attached' });
  const before = performance.now();
  await choose(page, 'severity', 'e');
  await choose(page, 'severity', '');
  const filtered = performance.now() - before;
  await page.locator('#matrix details.fold summary').nth(1).click();
  const cell = page.locator('table.matrix td a[href^="#f"]').first();
  const target = (await cell.getAttribute('href')).slice(1);
  await cell.click();
  await page.waitForFunction((id) => document.getElementById(id)?.checkVisibility(), target);
  await nothingOverflows(page);
  if (screenshots) await page.screenshot({ path: `${screenshots}/large.png` });
  await close(page);
  console.log(`${basename(large)}: ${all} findings, opened in ${Math.round(loaded)} ms, filtered twice in ${Math.round(filtered)} ms, links lead into what is folded`);
}

await browser.close();
