//! What was found: per plan the findings with what they rest on, what could not be decided, and what was accepted.

use docx_rs::{Paragraph, TableCell};

use super::Content;
use super::body::{Body, badge, cell, code, heads, run, small, stacked, styled};
use super::opening::{labelled, mark_of, tallied};
use crate::audit::{Accepted, Audit, Entry, Evidence, Plan, State, Undecided};
use crate::problem::Severity;
use crate::render::report::chapter::{self, Chapter};
use crate::render::report::words::Words;

pub(super) fn write(body: &mut Body, content: Content) {
    let Content {
        audit,
        words,
        is_large,
    } = content;
    body.head(1, "findings", words.findings);
    if is_large {
        body.text("Text", words.cut_short);
    }
    for chapter in chapter::chapters(audit, words) {
        of_plan(body, &chapter, content);
    }
    if audit.withheld > 0 {
        body.text("Text", &words.withheld(audit.withheld));
    }
    body.head(1, "accepted", words.accepted);
    if audit.accepted.is_empty() {
        body.text("Text", words.none);
    }
    for of in &audit.accepted {
        accepted(body, of, words);
    }
}

fn of_plan(body: &mut Body, chapter: &Chapter, content: Content) {
    let Content {
        audit,
        words,
        is_large,
    } = content;
    body.head(2, &mark_of(chapter), &chapter.title);
    if let Some((_, plan)) = chapter.plan {
        about(body, plan, content);
    }
    let is_listed = |entry: &&&Entry| is_large && matches!(entry.severity, Severity::Note);
    let entries = chapter.entries.iter();
    for entry in entries.clone().filter(|entry| !is_listed(entry)) {
        finding(body, entry, content);
    }
    let listed: Vec<_> = entries.filter(is_listed).collect();
    if !listed.is_empty() {
        body.head(3, "", words.severity_of(&Severity::Note));
        let head = [words.message, words.rule, words.place];
        let rows = listed.into_iter().map(|entry| {
            let place = entry.evidence.first();
            let place = place.map_or("", |of| of.place.as_str());
            let rule = ruled(entry.rule, &entry.code, audit);
            vec![
                cell([run(&entry.message)]),
                cell([run(rule)]),
                cell([code(place)]),
            ]
        });
        body.table(&[4538, 2000, 3100], heads(head), rows);
    }
    undecided(body, &chapter.undecided, content);
    let unlisted = chapter.plan.map_or(&[][..], |(_, plan)| &plan.unlisted);
    if !unlisted.is_empty() {
        let head = format!("{}{}{}", words.undetermined, words.colon(), words.unlisted);
        body.head(3, "", &head);
        let head = [words.rule, words.why, words.checks];
        let rows = unlisted.iter().map(|of| {
            let count = of.count.to_string();
            vec![
                cell([run(&of.title)]),
                cell([run(&of.reason)]),
                cell([run(&count)]),
            ]
        });
        body.table(&[4000, 4238, 1400], heads(head), rows);
    }
}

fn about(body: &mut Body, plan: &Plan, Content { audit, words, .. }: Content) {
    let about = [&plan.region, &plan.level, &plan.period, &plan.status];
    let about = about.map(String::as_str).join(" · ");
    let about = styled("About").add_run(run(&format!("{about} · ")));
    body.put(&about.add_run(code(&plan.path)));
    body.text("About", &tallied(&plan.standing, words));
    let above = plan.superiors.iter();
    let above = above.filter_map(|above| audit.plans.get(*above));
    let above: Vec<&str> = above.map(|above| above.title.as_str()).collect();
    let lists = [
        (words.answers_to, above.join(words.comma())),
        (words.source, plan.source.join(" · ")),
    ];
    for (label, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        body.put(&labelled("About", label, words).add_run(run(list)));
    }
}

/// The title of a rule of the report, else its id.
fn ruled<'a>(rule: Option<usize>, id: &'a str, audit: &'a Audit) -> &'a str {
    let rule = rule.and_then(|at| audit.rules.get(at));
    rule.map_or(id, |rule| &rule.title)
}

fn finding(body: &mut Body, entry: &Entry, Content { audit, words, .. }: Content) {
    let severity = words.severity_of(&entry.severity);
    let severity = badge(
        State::of(entry.severity),
        &format!("{severity}{}", words.colon()),
    );
    let mark = format!("f{}", entry.anchor);
    body.heading(3, &mark, [severity, run(&entry.message)]);
    let rule = entry.rule.and_then(|at| audit.rules.get(at));
    let label = if rule.is_some() {
        words.rule
    } else {
        words.input
    };
    let mut by = labelled("About", label, words);
    if let Some(rule) = rule {
        by = by.add_run(run(&format!("{} ", rule.title)));
    }
    by = by.add_run(code(&entry.code));
    for cite in rule.into_iter().flat_map(|rule| &rule.cites) {
        by = by.add_run(run(&format!(" · {cite}")));
    }
    body.put(&by.keep_next(true));
    if let Some(reason) = &entry.reason {
        body.put(&labelled("Text", words.why, words).add_run(run(reason)));
    }
    let head = [words.evidence, words.printed, words.read_as, words.place];
    let rows = entry.evidence.iter().map(evidence);
    body.table(&[2500, 1350, 1550, 4238], heads(head), rows);
    for mend in entry.help.iter().chain(&entry.fixes) {
        let mend = labelled("Text", words.mend, words).add_run(run(mend));
        body.put(&mend.keep_next(true));
    }
    if !entry.related.is_empty() {
        body.put(&labelled("About", words.same, words));
    }
    for of in &entry.related {
        let severity = format!("{}{}", words.severity_of(&of.severity), words.colon());
        let item = styled("About").indent(Some(340), None, None, None);
        let item = item.add_run(badge(State::of(of.severity), &severity));
        let item = item.add_run(run(&format!("{} ", of.message)));
        body.put(
            &item
                .add_run(code(&of.code))
                .add_run(small(&format!(" {}", of.fingerprint))),
        );
    }
    let fingerprint = labelled("About", words.permalink, words);
    body.put(&fingerprint.add_run(code(&entry.anchor)));
}

/// A row of what a finding rests on.
fn evidence(of: &Evidence) -> Vec<TableCell> {
    let year = of.year.map(|year| year.to_string());
    let whose = [of.region.as_deref(), year.as_deref(), of.kind.as_deref()];
    let whose: Vec<&str> = whose.into_iter().flatten().collect();
    let more = [whose.join(" "), of.plan.clone().unwrap_or_default()];
    let more = more.iter().filter(|text| !text.is_empty());
    let more = more.map(|text| styled("Cell").add_run(small(text)));
    let label = styled("Cell").add_run(run(&of.label));
    let text = |text: &Option<String>| cell([run(text.as_deref().unwrap_or_default())]);
    let line =
        (!of.line.is_empty()).then(|| styled("Cell").add_run(code(&of.line).color("555555")));
    let place = styled("Cell").add_run(code(&of.place));
    vec![
        stacked(std::iter::once(label).chain(more)),
        text(&of.printed),
        text(&of.read),
        stacked(std::iter::once(place).chain(line)),
    ]
}

fn undecided(body: &mut Body, all: &[&Undecided], Content { audit, words, .. }: Content) {
    if all.is_empty() {
        return;
    }
    body.head(3, "", &format!("{} ({})", words.undetermined, all.len()));
    body.text("About", words.undetermined_how);
    let head = [words.indicator, words.message, words.rule, words.place];
    let mut rows = Vec::with_capacity(all.len());
    for of in all {
        let indicator = chapter::indicator(of.indicator.as_ref(), audit);
        let message = body.marked(
            styled("Cell"),
            &format!("f{}", of.anchor),
            [run(&of.message)],
        );
        rows.push(vec![
            cell([run(indicator)]),
            TableCell::new().add_paragraph(message),
            cell([run(ruled(of.rule, &of.code, audit))]),
            cell([code(&of.place)]),
        ]);
    }
    body.table(&[1600, 3638, 1700, 2700], heads(head), rows);
}

fn accepted(body: &mut Body, of: &Accepted, words: &Words) {
    let deviation = &of.deviation;
    body.heading(2, "", [code(&deviation.rule).size(22)]);
    for (label, value) in chapter::terms(of, words) {
        body.put(&labelled("Text", label, words).add_run(run(&value)));
    }
    body.put(&labelled("Text", words.covers, words));
    for entry in &of.covers {
        let inside = |paragraph: Paragraph| paragraph.indent(Some(340), None, None, None);
        let message = format!("f{}", entry.anchor);
        let message = body.marked(inside(styled("Text")), &message, [run(&entry.message)]);
        body.put(&message.add_run(small(&format!("  {}", entry.anchor))));
        for at in &entry.evidence {
            let place = inside(styled("About")).add_run(run(&format!("{} ", at.label)));
            body.put(&place.add_run(code(&at.place)));
        }
    }
}
