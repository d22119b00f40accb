//! What is looked up: what was not looked at, the rules, the method, the inputs.

use super::Content;
use super::body::{Body, cell, code, heads, lines, run, small, styled};
use super::opening::labelled;
use crate::audit::{Rule, Unmentioned};
use crate::render::report::words::Words;

pub(super) fn write(body: &mut Body, content: Content) {
    coverage(body, content);
    let Content { audit, words, .. } = content;
    body.head(1, "rules", words.rules);
    for (at, rule) in audit.rules.iter().enumerate() {
        one_rule(body, at, rule, words);
    }
    body.head(1, "method", words.method);
    for (head, text) in words.method() {
        body.head(3, "", head);
        body.text("Text", text);
    }
    inputs(body, content);
}

fn coverage(body: &mut Body, content: Content) {
    let Content { audit, words, .. } = content;
    let coverage = &audit.coverage;
    body.head(1, "coverage", words.coverage);
    body.head(3, "", &counted(words.idle, coverage.idle.len()));
    for rule in coverage.idle.iter().filter_map(|at| audit.rules.get(*at)) {
        let title = styled("About").add_run(run(&format!("{} ", rule.title)));
        body.put(&title.add_run(code(&rule.id)));
    }
    none(body, coverage.idle.is_empty(), words);
    if !coverage.off.is_empty() {
        body.head(3, "", &counted(words.turned_off, coverage.off.len()));
        for id in &coverage.off {
            body.put(&styled("About").add_run(code(id)));
        }
    }
    body.head(3, "", &counted(words.unseen, coverage.unseen.len()));
    if !coverage.unseen.is_empty() {
        body.text("Text", &coverage.unseen.join(words.comma()));
    }
    none(body, coverage.unseen.is_empty(), words);
    body.head(3, "", words.unmentioned);
    unmentioned(body, &coverage.unmentioned, content);
    none(body, coverage.unmentioned.is_empty(), words);
    if !coverage.unread.is_empty() {
        body.head(3, "", words.unread);
    }
    for plan in coverage.unread.iter().filter_map(|at| audit.plans.get(*at)) {
        body.text("About", &plan.title);
    }
    body.head(3, "", words.without_plan);
    for (level, all, with) in &coverage.levels {
        let all = format!("{} {all}", words.regions_count);
        let with = format!("{} {with}", words.with_plan);
        let comma = words.language.pick("，", ", ");
        body.text(
            "About",
            &format!("{level}{}{all}{comma}{with}", words.colon()),
        );
    }
    let head = [words.above, words.without_plan];
    let rows = coverage.without_plan.iter().map(|of| {
        let above = counted(&of.above, of.regions.len());
        vec![
            cell([run(&above)]),
            cell([run(&of.regions.join(words.comma()))]),
        ]
    });
    body.table(&[2400, 7238], heads(head), rows);
}

fn counted(text: &str, count: usize) -> String {
    format!("{text} ({count})")
}

fn none(body: &mut Body, is_empty: bool, words: &Words) {
    if is_empty {
        body.text("Text", words.none);
    }
}

fn unmentioned(body: &mut Body, all: &[Unmentioned], Content { audit, words, .. }: Content) {
    let title = |at: usize| audit.plans.get(at).map_or("", |plan| plan.title.as_str());
    let head = [words.plan, words.answers_to, words.indicators];
    let rows = all.iter().map(|of| {
        vec![
            cell([run(title(of.plan))]),
            cell([run(title(of.superior))]),
            cell([
                run(&of.indicators.join(words.comma())),
                small(&format!("  ({})", of.indicators.len())),
            ]),
        ]
    });
    body.table(&[2500, 2500, 4638], heads(head), rows);
}

fn one_rule(body: &mut Body, at: usize, rule: &Rule, words: &Words) {
    body.head(2, &format!("r{at}"), &rule.title);
    let id = styled("About").add_run(code(&rule.id));
    body.put(
        &id.add_run(run(&format!("  {}", rule.place)))
            .keep_next(true),
    );
    for paragraph in &rule.words {
        body.text("Text", paragraph);
    }
    let counts = &rule.counts;
    let counts = [
        (words.checks, counts.all()),
        (words.holds, counts.holds),
        (words.violated, counts.violated),
        (words.undecided, counts.undetermined),
        (words.allowed, counts.allowed),
    ];
    let shown = counts
        .iter()
        .filter(|(word, count)| *count > 0 || *word != words.allowed);
    let shown: Vec<String> = shown
        .map(|(word, count)| format!("{word} {count}"))
        .collect();
    body.text("About", &shown.join(" · "));
    for cite in &rule.cites {
        body.put(&labelled("About", words.cites, words).add_run(run(cite)));
    }
    if !rule.parameters.is_empty() {
        let parameters = rule.parameters.join("; ");
        body.put(&labelled("About", words.parameters, words).add_run(code(&parameters)));
    }
    body.put(&styled("Rule").add_run(lines(&rule.text)));
}

fn inputs(body: &mut Body, Content { audit, words, .. }: Content) {
    body.head(1, "inputs", &counted(words.inputs, audit.inputs.len()));
    let head = [words.path, words.bytes, "SHA-256"];
    let rows = audit.inputs.iter().map(|input| {
        let (bytes, hash) = match input.bytes {
            Some(bytes) => (bytes.to_string(), code(&input.sha256)),
            None => (String::new(), run(words.unreadable)),
        };
        vec![cell([code(&input.path)]), cell([run(&bytes)]), cell([hash])]
    });
    body.table(&[4600, 1100, 3938], heads(head), rows);
}
