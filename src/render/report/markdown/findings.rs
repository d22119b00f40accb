//! The findings by plan, each with what it rests on, and what could not be decided.

use std::borrow::Cow;
use std::fmt::Write;

use super::super::chapter::{self, Chapter};
use super::{Page, anchor, escaped, link};
use crate::audit::{Entry, Evidence, Plan, State, Undecided, Unlisted};

impl Page<'_> {
    pub(super) fn findings(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("findings", words.findings);
        for Chapter {
            plan,
            title,
            entries,
            undecided,
        } in chapter::chapters(audit, &words)
        {
            let place = plan.map(|(at, _)| anchor('p', at)).unwrap_or_default();
            let _ = writeln!(self.text, "### {place}{}\n", escaped(&title));
            if let Some((_, plan)) = plan {
                self.plan(plan);
            }
            for entry in entries {
                self.entry(entry);
            }
            if !undecided.is_empty() {
                self.undecided(&undecided);
            }
            self.unlisted(plan.map_or(&[], |(_, plan)| &plan.unlisted));
        }
        if audit.withheld > 0 {
            self.paragraph(&words.withheld(audit.withheld));
        }
    }

    fn plan(&mut self, plan: &Plan) {
        let Self { audit, words, .. } = *self;
        let about = [
            &plan.region,
            &plan.level,
            &plan.period,
            &plan.status,
            &plan.path,
        ];
        let about: Vec<&str> = about.into_iter().map(String::as_str).collect();
        self.paragraph(&about.join(" · "));
        let above = plan.superiors.iter().filter_map(|at| audit.plans.get(*at));
        let above: Vec<&str> = above.map(|plan| plan.title.as_str()).collect();
        let mut standing = vec![self.tally(&plan.standing)];
        if !above.is_empty() {
            let above = above.join(words.comma());
            standing.push(format!("{}{}{above}", words.answers_to, words.colon()));
        }
        standing.retain(|text| !text.is_empty());
        if !standing.is_empty() {
            self.paragraph(&standing.join(" · "));
        }
        if !plan.source.is_empty() {
            let source = plan.source.join(" · ");
            self.paragraph(&format!("{}{}{source}", words.source, words.colon()));
        }
    }

    fn unlisted(&mut self, unlisted: &[Unlisted]) {
        let words = self.words;
        if unlisted.is_empty() {
            return;
        }
        let _ = writeln!(
            self.text,
            "{}{}{}\n",
            words.undetermined,
            words.colon(),
            words.unlisted
        );
        for of in unlisted {
            let (title, reason) = (escaped(&of.title), escaped(&of.reason));
            let (rule, count) = (escaped(&of.rule), of.count);
            let _ = writeln!(
                self.text,
                "- {title} {rule}{}{reason} ({count})",
                words.colon()
            );
        }
        self.text.push('\n');
    }

    fn entry(&mut self, entry: &Entry) {
        let Self { audit, words, .. } = *self;
        let _ = writeln!(
            self.text,
            "#### {}{} {}\n",
            anchor('f', &entry.anchor),
            self.state(State::of(entry.severity), None),
            escaped(&entry.message)
        );
        let code = escaped(&entry.code);
        let colon = words.colon();
        match entry
            .rule
            .zip(entry.rule.and_then(|at| audit.rules.get(at)))
        {
            Some((at, rule)) => {
                let title = link(&rule.title, 'r', at);
                let _ = write!(self.text, "{}{colon}{title} {code}", words.rule);
                for cite in &rule.cites {
                    let _ = write!(self.text, " · {}", escaped(cite));
                }
            }
            None => {
                let _ = write!(self.text, "{}{colon}{code}", words.input);
            }
        }
        self.text.push_str("\n\n");
        if let Some(reason) = &entry.reason {
            let _ = writeln!(self.text, "{}{colon}{}\n", words.why, escaped(reason));
        }
        if !entry.evidence.is_empty() {
            self.heads([words.evidence, words.printed, words.read_as, words.place]);
            for evidence in &entry.evidence {
                self.row(cells(evidence));
            }
            self.text.push('\n');
        }
        for mend in entry.help.iter().chain(&entry.fixes) {
            let _ = writeln!(self.text, "- **{}**{colon}{}", words.mend, escaped(mend));
        }
        for of in &entry.related {
            let _ = writeln!(
                self.text,
                "- {}{}{colon}{} {} {}",
                anchor('f', of.fingerprint),
                words.same,
                self.state(State::of(of.severity), None),
                escaped(&of.message),
                escaped(&of.code)
            );
        }
        let anchor = &entry.anchor;
        let _ = writeln!(self.text, "- {} [{anchor}](#f{anchor})\n", words.permalink);
    }

    fn undecided(&mut self, undecided: &[&Undecided]) {
        let Self { audit, words, .. } = *self;
        let _ = writeln!(
            self.text,
            "<details><summary>{} ({})</summary>\n",
            words.undetermined,
            undecided.len()
        );
        self.paragraph(words.undetermined_how);
        self.heads([words.indicator, words.message, words.rule, words.place]);
        for of in undecided {
            let anchor = anchor('f', &of.anchor);
            let rule = of.rule.zip(of.rule.and_then(|at| audit.rules.get(at)));
            let rule = rule.map_or_else(
                || escaped(&of.code),
                |(at, rule)| link(&rule.title, 'r', at),
            );
            let cells = [
                format!("{anchor}{}", self.indicator(of.indicator.as_ref())),
                escaped(&of.message),
                rule,
                escaped(&of.place),
            ];
            self.row(cells.map(Cow::from));
        }
        self.text.push_str("\n</details>\n\n");
    }
}

/// What a finding rests on: whose it is, how it is printed, how it was read, where it stands.
fn cells(of: &Evidence) -> [Cow<'static, str>; 4] {
    let year = of.year.map(|year| year.to_string());
    let about = [&of.region, &year, &of.kind, &of.plan];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let mut label = escaped(&of.label);
    if !about.is_empty() {
        let _ = write!(label, "<br>{}", escaped(&about.join(" ")));
    }
    let text = |text: &Option<String>| text.as_deref().map(escaped).unwrap_or_default();
    let place = format!("{}<br>{}", escaped(&of.place), escaped(&of.line));
    [label, text(&of.printed), text(&of.read), place].map(Cow::from)
}
