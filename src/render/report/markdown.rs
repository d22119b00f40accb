//! `--format markdown`: a report that a repository shows by itself, in GitHub's flavour of Markdown.

mod ending;
mod findings;
mod matrix;

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use super::chapter::{self, indicator};
use super::words::{Words, tally, words};
use crate::audit::{Audit, Manifest, Standing, State};
use crate::problem::Severity;
use crate::render::markdown::escaped;

/// What the manifest stands between.
const OPEN: &str = "<!-- planlint-manifest ";
const CLOSE: &str = " -->";

/// A report while it is written, from top to bottom.
struct Page<'p> {
    audit: &'p Audit,
    words: Words,
    text: String,
}

pub(super) fn write<'p>(audit: &'p Audit, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page {
        audit,
        words: words(audit.language),
        text: String::new(),
    };
    let parts: [fn(&mut Page<'p>); 11] = [
        Page::cover,
        Page::contents,
        Page::summary,
        Page::tree,
        Page::matrix,
        Page::indicators,
        Page::findings,
        Page::accepted,
        Page::coverage,
        Page::rules,
        Page::method_and_inputs,
    ];
    for part in parts {
        part(&mut page);
        out.write_all(page.text.as_bytes())?;
        page.text.clear();
    }
    // Nothing in it ends the comment.
    let json = super::json(&audit.manifest, |of| matches!(of, '-' | '<' | '>'))?;
    writeln!(out, "\n{OPEN}{json}{CLOSE}")
}

pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    let text = std::str::from_utf8(bytes).ok()?;
    // The text of a rule may say the same, but stands before it.
    let (_, rest) = text.rsplit_once(OPEN)?;
    let (json, _) = rest.split_once(CLOSE)?;
    serde_json::from_str(json).ok()
}

/// A text that begins a line and is nothing else than text there.
fn line(text: &str) -> String {
    let text = escaped(text);
    let text = text.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).unwrap_or((text, ""));
    let is_list = digits > 0 && rest.starts_with(['.', ')']);
    if is_list {
        format!("{number}\\{rest}")
    } else if text.starts_with(['#', '+', '-', '>', '=', ':']) {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

/// What leads to a place of the report.
fn link(text: &str, prefix: char, to: impl std::fmt::Display) -> String {
    format!("[{}](#{prefix}{to})", escaped(text))
}

/// What is led to.
fn anchor(prefix: char, name: impl std::fmt::Display) -> String {
    format!("<a id=\"{prefix}{name}\"></a>")
}

impl Page<'_> {
    /// A heading of a part, which the contents lead to.
    fn heading(&mut self, id: &str, text: &str) {
        let _ = writeln!(self.text, "\n<a id=\"{id}\"></a>\n\n## {}\n", escaped(text));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = writeln!(self.text, "{}\n", line(text));
    }

    /// A row of a table, whose cells are Markdown.
    fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cow<'c, str>>) {
        self.text.push('|');
        for cell in cells {
            let _ = write!(self.text, " {} |", cell.trim());
        }
        self.text.push('\n');
    }

    /// The heads of a table: plain texts.
    fn heads<'h>(&mut self, heads: impl IntoIterator<Item = &'h str>) {
        let heads: Vec<Cow<'_, str>> = heads.into_iter().map(|head| escaped(head).into()).collect();
        let below = vec![Cow::from("---"); heads.len()];
        self.row(heads);
        self.row(below);
    }

    /// A row of plain texts.
    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.row(texts.into_iter().map(|text| Cow::from(escaped(text))));
    }

    fn cover(&mut self) {
        let Self { audit, words, .. } = *self;
        let _ = writeln!(self.text, "# {}\n", escaped(words.title));
        let subject = words.subject(audit);
        let _ = writeln!(self.text, "**{}**\n", escaped(subject));
        let [plans, _, _, rules] = audit.summary.size;
        self.heads([words.date, &crate::audit::day(audit.date, audit.language)]);
        self.texts([words.written_by, &format!("planlint {}", audit.version)]);
        self.texts([words.plans, &plans.to_string()]);
        self.texts([words.rules, &rules.to_string()]);
        self.texts([words.inputs, &audit.inputs.len().to_string()]);
        self.texts([words.files_hash, &audit.manifest.digest]);
        self.text.push('\n');
        self.heads([
            words.plan,
            words.region,
            words.period,
            words.status,
            words.number,
            words.answers_to,
        ]);
        for (at, plan) in audit.plans.iter().enumerate() {
            let above = chapter::superiors(plan, audit);
            let issued = plan.issued.iter();
            let status: Vec<&str> = std::iter::once(&plan.status)
                .chain(issued)
                .map(String::as_str)
                .collect();
            let mut title = if plan.is_reported {
                link(&plan.title, 'p', at)
            } else {
                format!("{} ({})", escaped(&plan.title), words.context)
            };
            if plan.partial {
                let _ = write!(title, "<br>{}", words.partial);
            }
            let rest = [
                plan.region.as_str(),
                &plan.period,
                &status.join(words.comma()),
                plan.number.as_ref().map_or("", String::as_str),
                &above.join(words.comma()),
            ];
            let rest = rest.map(|text| Cow::from(escaped(text)));
            self.row(std::iter::once(Cow::from(title)).chain(rest));
        }
    }

    fn contents(&mut self) {
        let words = self.words;
        self.text.push('\n');
        for (number, (id, name)) in (1..).zip(words.sections()) {
            let _ = writeln!(self.text, "{number}. [{}](#{id})", escaped(name));
        }
    }

    fn summary(&mut self) {
        let Self { audit, words, .. } = *self;
        let summary = &audit.summary;
        self.heading("summary", words.summary);
        for paragraph in &summary.paragraphs {
            self.paragraph(paragraph);
        }
        let Standing {
            errors,
            warnings,
            notes,
            counts,
        } = summary.standing;
        let [error, warning, note] = Severity::ALL;
        self.heads([
            words.severity_of(&error),
            words.severity_of(&warning),
            words.severity_of(&note),
            words.holds,
            words.violated,
            words.undecided,
            words.allowed,
            words.decided,
        ]);
        let numbers = [
            errors,
            warnings,
            notes,
            counts.holds,
            counts.violated,
            counts.undetermined,
            counts.allowed,
        ];
        let numbers = numbers.map(|number| Cow::from(number.to_string()));
        self.row(
            numbers
                .into_iter()
                .chain([escaped(&summary.decided).into()]),
        );
        if summary.gravest.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "\n### {}\n", escaped(words.gravest));
        for (number, at) in (1..).zip(&summary.gravest) {
            if let Some(entry) = audit.entries.get(*at) {
                let link = link(&entry.message, 'f', &entry.anchor);
                let _ = writeln!(self.text, "{number}. {link}");
            }
        }
        if summary.more > 0 {
            let _ = writeln!(self.text, "\n{}", words.more_grave(summary.more));
        }
    }

    fn tree(&mut self) {
        let Self { audit, words, .. } = *self;
        self.heading("tree", words.tree);
        for branch in &audit.regions {
            let indent = "  ".repeat(branch.depth);
            let (name, code) = (escaped(&branch.name), escaped(&branch.code));
            let _ = writeln!(self.text, "{indent}- **{name}** {code}");
            for at in &branch.plans {
                let Some(plan) = audit.plans.get(*at) else {
                    continue;
                };
                let standing = words.standing(plan);
                let said = if plan.is_reported {
                    let title = link(&plan.title, 'p', at);
                    format!(
                        "{title}{}**{standing}** {}",
                        words.colon(),
                        self.tally(&plan.standing)
                    )
                } else {
                    format!("{}{}{standing}", escaped(&plan.title), words.colon())
                };
                let _ = writeln!(self.text, "{indent}  - {}", said.trim_end());
            }
        }
    }

    /// How many findings of each severity there are, and how many checks hold and could not be decided.
    fn tally(&self, of: &Standing) -> String {
        let counts =
            tally(of).map(|(state, count)| format!("{} {count}", self.words.state(&state)));
        counts.collect::<Vec<_>>().join(" · ")
    }

    /// A state as a sign and a word, leading to the finding that says so.
    fn state(&self, state: State, to: Option<&String>) -> String {
        let sign = super::words::sign(state);
        let text = format!("{sign} {}", self.words.state(&state));
        to.map_or_else(|| escaped(&text), |to| link(&text, 'f', to))
    }

    fn indicator(&self, id: Option<&String>) -> String {
        escaped(indicator(id, self.audit))
    }
}
