//! What a report ends with: what was accepted, what was not looked at, the rules, the method, the files.

use std::borrow::Cow;
use std::fmt::Write;

use super::super::chapter;
use super::{Page, anchor, escaped, link};
use crate::audit::{Accepted, Coverage, Rule};

/// Files that a reader is shown without being asked.
const FEW: usize = 60;

impl Page<'_> {
    pub(super) fn accepted(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("accepted", words.accepted);
        if audit.accepted.is_empty() {
            self.paragraph(words.none);
        }
        for of in &audit.accepted {
            self.deviation(of);
        }
    }

    fn deviation(&mut self, of: &Accepted) {
        let words = self.words;
        let deviation = &of.deviation;
        let _ = writeln!(self.text, "### {}\n", escaped(&deviation.rule));
        for (term, value) in chapter::terms(of, &words) {
            let _ = writeln!(self.text, "- {term}{}{}", words.colon(), escaped(&value));
        }
        for entry in &of.covers {
            let anchor = anchor('f', &entry.anchor);
            let covers = escaped(&entry.message);
            let colon = words.colon();
            let _ = writeln!(self.text, "- {anchor}{}{colon}{covers}", words.covers);
            for at in &entry.evidence {
                let (label, place) = (escaped(&at.label), escaped(&at.place));
                let _ = writeln!(self.text, "  - {label} {place}");
            }
        }
        self.text.push('\n');
    }

    pub(super) fn coverage(&mut self) {
        let Self { audit, words, .. } = *self;
        let coverage = &audit.coverage;
        self.heading("coverage", words.coverage);
        let rules = coverage.idle.iter();
        let rules = rules.filter_map(|at| Some((at, audit.rules.get(*at)?)));
        let idle = rules.map(|(at, rule)| {
            let title = link(&rule.title, 'r', at);
            format!("{title} {}", escaped(&rule.id))
        });
        self.list(words.idle, &idle.collect::<Vec<_>>());
        if !coverage.off.is_empty() {
            let off = coverage.off.iter();
            let off: Vec<String> = off.map(|id| escaped(id)).collect();
            self.list(words.turned_off, &off);
        }
        let unseen = coverage.unseen.iter();
        let unseen: Vec<String> = unseen.map(|name| escaped(name)).collect();
        self.list(words.unseen, &unseen);
        let title = |at: usize| audit.plans.get(at).map_or("", |plan| plan.title.as_str());
        let unmentioned = coverage.unmentioned.iter().map(|of| {
            let about = format!("{} ← {}", title(of.plan), title(of.superior));
            self.named(&about, &of.indicators)
        });
        let unmentioned: Vec<String> = unmentioned.collect();
        self.list(words.unmentioned, &unmentioned);
        if !coverage.unread.is_empty() {
            let unread = coverage.unread.iter().map(|at| escaped(title(*at)));
            self.list(words.unread, &unread.collect::<Vec<_>>());
        }
        self.without_plan(coverage);
    }

    fn without_plan(&mut self, coverage: &Coverage) {
        let words = self.words;
        let _ = writeln!(self.text, "### {}\n", escaped(words.without_plan));
        self.heads([words.level, words.regions_count, words.with_plan]);
        for (level, all, with) in &coverage.levels {
            self.texts([level.as_str(), &all.to_string(), &with.to_string()]);
        }
        if coverage.without_plan.is_empty() {
            self.text.push('\n');
            return;
        }
        let open = words.open;
        let _ = writeln!(self.text, "\n<details><summary>{open}</summary>\n");
        for of in &coverage.without_plan {
            let item = self.named(&of.above, &of.regions);
            let _ = writeln!(self.text, "- {item}");
        }
        self.text.push_str("\n</details>\n");
    }

    /// A heading, how many there are, and the list of them.
    fn list(&mut self, heading: &str, items: &[String]) {
        let count = items.len();
        let _ = writeln!(self.text, "### {} ({count})\n", escaped(heading));
        for item in items {
            let _ = writeln!(self.text, "- {item}");
        }
        if items.is_empty() {
            self.text.push_str(self.words.none);
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    /// An item of a list: what it is of, how many, and which.
    fn named(&self, of: &str, which: &[String]) -> String {
        let all = escaped(&which.join(self.words.comma()));
        let (count, colon) = (which.len(), self.words.colon());
        format!("**{}** ({count}){colon}{all}", escaped(of))
    }

    pub(super) fn rules(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("rules", words.rules);
        for (at, rule) in audit.rules.iter().enumerate() {
            self.rule(at, rule);
        }
    }

    fn rule(&mut self, at: usize, rule: &Rule) {
        let words = self.words;
        let title = format!("{} {}", rule.title, rule.id);
        let _ = writeln!(self.text, "### {}{}\n", anchor('r', at), escaped(&title));
        for paragraph in &rule.words {
            self.paragraph(paragraph);
        }
        let counts = &rule.counts;
        let counts = [
            (words.checks, counts.all()),
            (words.holds, counts.holds),
            (words.violated, counts.violated),
            (words.undecided, counts.undetermined),
            (words.allowed, counts.allowed),
        ];
        let counts = counts.map(|(word, count)| format!("{word} {count}"));
        self.paragraph(&counts.join(" · "));
        for cite in &rule.cites {
            self.paragraph(&format!("{}{}{cite}", words.cites, words.colon()));
        }
        if !rule.parameters.is_empty() {
            let parameters = rule.parameters.join("; ");
            self.paragraph(&format!(
                "{}{}{parameters}",
                words.parameters,
                words.colon()
            ));
        }
        let _ = writeln!(
            self.text,
            "<details><summary>{}</summary>\n\n{}\n",
            words.rule_text,
            escaped(&rule.place)
        );
        let fence = fence(&rule.text);
        let text = rule.text.trim_end();
        let _ = writeln!(self.text, "{fence}\n{text}\n{fence}\n\n</details>\n");
    }

    pub(super) fn method_and_inputs(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("method", words.method);
        for (head, text) in words.method() {
            let (head, text) = (escaped(head), escaped(text));
            let _ = writeln!(self.text, "- **{head}**{}{text}", words.colon());
        }
        self.heading("inputs", words.inputs);
        let open = if audit.inputs.len() <= FEW {
            " open"
        } else {
            ""
        };
        let _ = writeln!(
            self.text,
            "<details{open}><summary>{} ({})</summary>\n",
            words.inputs,
            audit.inputs.len()
        );
        self.heads([words.path, words.bytes, "SHA-256"]);
        for input in &audit.inputs {
            let (bytes, hash) = match input.bytes {
                Some(bytes) => (bytes.to_string(), input.sha256.as_str()),
                None => (String::new(), words.unreadable),
            };
            let cells = [escaped(&input.path), bytes, hash.to_owned()];
            self.row(cells.map(Cow::from));
        }
        self.text.push_str("\n</details>\n");
    }
}

/// A fence that the text between does not close.
fn fence(text: &str) -> String {
    let longest = text.split(|of| of != '`').map(str::len).max();
    "`".repeat(longest.unwrap_or(0).max(2) + 1)
}
