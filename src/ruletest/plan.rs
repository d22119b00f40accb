//! A plan of a test, written as a plan file.

use super::value::{Dated, dated, parts, split, years};
use super::written::Written;
use crate::catalogue::Catalogue;
use crate::language::Said;
use crate::problem::{Kind, Problem};
use crate::source::Spanned;
use crate::syntax::{TestEntry, TestPlan};

/// The years of a plan that names none.
const PERIOD: (i32, i32) = (2021, 2025);

const STATUSES: [&str; 3] = ["draft", "consultation", "issued"];
const NATURES: [&str; 2] = ["binding", "anticipatory"];
const KINDS: [&str; 3] = ["target", "baseline", "actual"];

/// The sections of a plan that are no rows of its table: the word before the subject, and the key of the list.
const SECTIONS: [(&str, &str); 7] = [
    ("claim", "claims"),
    ("change", "changes"),
    ("roster", "rosters"),
    ("count", "counts"),
    ("commitment", "commitments"),
    ("task", "tasks"),
    ("observation", "observations"),
];

/// Writes a plan; `number` tells it from the others of the test.
pub(super) fn plan(
    plan: &TestPlan,
    number: usize,
    catalogue: &Catalogue,
    problems: &mut Vec<Problem>,
) -> Written {
    let path = format!("plans/test-{number}.plan.toml");
    let mut writer = Writer {
        written: Written::new(path, plan.region.span),
        catalogue,
        problems,
        period: PERIOD,
    };
    writer.head(plan, number);
    for entry in &plan.entries {
        writer.entry(entry);
    }
    writer.written
}

struct Writer<'a> {
    written: Written,
    catalogue: &'a Catalogue,
    problems: &'a mut Vec<Problem>,
    period: (i32, i32),
}

impl Writer<'_> {
    /// Words behind a plan's region: a period, a status, `partial`, or a key and its value.
    fn head(&mut self, plan: &TestPlan, number: usize) {
        self.written.add("format = 1\n");
        self.written.line("region", &plan.region);
        self.written.line("title", &plan.region);
        let mut given = Vec::new();
        let mut words = plan.options.iter().peekable();
        while let Some(word) = words.next() {
            let text = word.value.as_str();
            let date =
                |next: &&Spanned<String>| next.value.starts_with(|c: char| c.is_ascii_digit());
            if text == "issued"
                && words
                    .peek()
                    .is_some_and(|next| date(next) && years(&next.value).is_none())
            {
                if let Some(date) = words.next() {
                    self.issued(date);
                }
            } else if let Some(period) = years(text) {
                self.period = period;
            } else if STATUSES.contains(&text) {
                self.written.line("status", word);
                given.push("status");
            } else if text == "partial" {
                self.written.add("partial = true\n");
            } else if let Some(value) = words.next() {
                self.option(word, value, &mut given);
            } else {
                self.problems.push(no_word(word));
            }
        }
        for (key, default) in [("field", "health"), ("status", "issued")] {
            if !given.contains(&key) {
                self.written.add(&format!("{key} = \"{default}\"\n"));
            }
        }
        if !given.contains(&"id") {
            self.written.add(&format!("id = \"plan-{number}\"\n"));
        }
        let (from, to) = self.period;
        let period = format!("period = {{ from = {from}, to = {to} }}\n");
        self.written.add(&period);
    }

    /// `issued 2022-03-10`, or `issued 2022-03` where only the month is known.
    fn issued(&mut self, date: &Spanned<String>) {
        let whole = date.value.matches('-').count() == 2;
        if whole {
            self.written.add("issued = ");
            self.written.piece(date);
            self.written.add("\n");
        } else {
            self.written.line("issued", date);
        }
    }

    fn option<'w>(
        &mut self,
        key: &'w Spanned<String>,
        value: &Spanned<String>,
        given: &mut Vec<&'w str>,
    ) {
        match key.value.as_str() {
            "follows" => {
                self.written.add("follows = [");
                self.written.quoted(value);
                self.written.add("]\n");
            }
            "id" | "field" | "number" => {
                self.written.line(&key.value, value);
                given.push(&key.value);
            }
            _ => self.problems.push(no_word(key)),
        }
    }

    fn entry(&mut self, entry: &TestEntry) {
        let Some((first, rest)) = entry.head.split_first() else {
            return;
        };
        let section = SECTIONS.iter().find(|(word, _)| *word == first.value);
        let Some((word, key)) = section else {
            self.row(first, rest, &entry.value);
            return;
        };
        match rest.split_first() {
            Some((subject, words)) => {
                self.written.add(&format!("[[{key}]]\n"));
                self.section(word, subject, words, &entry.value);
            }
            None => self.problems.push(no_subject(first)),
        }
    }

    /// indicator [nature] [key value]: baselines -> targets
    fn row(&mut self, id: &Spanned<String>, words: &[Spanned<String>], value: &Spanned<String>) {
        self.written.add("[[indicators]]\n");
        self.written.line("id", id);
        self.words(
            words,
            &NATURES,
            "nature",
            &["unit", "basis", "region", "name", "at"],
        );
        let (before, after) = match split(value, "->") {
            Some((before, after)) => (Some(before), after),
            None => (None, value.clone()),
        };
        if let Some(before) = before {
            self.years("baseline", &before, self.period.0 - 1);
        }
        self.years("target", &after, self.period.1);
    }

    fn section(
        &mut self,
        section: &str,
        subject: &Spanned<String>,
        rest: &[Spanned<String>],
        value: &Spanned<String>,
    ) {
        match section {
            "claim" => {
                self.written.line("indicator", subject);
                let kind = rest
                    .iter()
                    .find(|word| KINDS.contains(&word.value.as_str()));
                let (first, last) = self.period;
                let year = match kind {
                    Some(kind) if kind.value != "target" => first - 1,
                    _ => last,
                };
                if kind.is_none() {
                    self.written.add("kind = \"target\"\n");
                }
                self.words(rest, &KINDS, "kind", &["unit", "basis", "region", "at"]);
                self.dated(value, Some(year));
            }
            "observation" => {
                self.written.line("indicator", subject);
                self.words(rest, &[], "", &["unit", "basis", "region", "at"]);
                self.dated(value, Some(self.period.0));
            }
            "count" => {
                self.written.line("subject", subject);
                self.words(rest, &[], "", &["scope", "unit", "basis", "region", "at"]);
                self.dated(value, None);
            }
            "commitment" => {
                self.written.line("kind", subject);
                self.words(rest, &[], "", &["region", "domain", "indicator", "at"]);
                if !value.value.is_empty() {
                    self.dated(value, None);
                }
            }
            "change" => self.change(subject, rest, value),
            "roster" => self.roster(subject, rest, value),
            _ => self.task(subject, rest, value),
        }
    }

    /// change subject [key value]: from -> to => stated
    fn change(
        &mut self,
        subject: &Spanned<String>,
        words: &[Spanned<String>],
        value: &Spanned<String>,
    ) {
        let key = match self.catalogue.find(&subject.value) {
            Some(_) => "indicator",
            None => "subject",
        };
        self.written.line(key, subject);
        self.words(words, &[], "", &["unit", "basis", "region", "at"]);
        let (figures, stated) = match split(value, "=>") {
            Some((figures, stated)) => (figures, Some(stated)),
            None => (value.clone(), None),
        };
        if let Some(stated) = stated {
            self.written.line("stated", &stated);
        }
        if let Some((from, to)) = split(&figures, "->") {
            self.years("from", &from, self.period.0 - 1);
            self.years("to", &to, self.period.1);
        } else {
            self.years("to", &figures, self.period.1);
        }
    }

    /// roster subject [region] [key value]: [count =] member、member
    fn roster(
        &mut self,
        subject: &Spanned<String>,
        words: &[Spanned<String>],
        value: &Spanned<String>,
    ) {
        self.written.line("subject", subject);
        self.words(words, &["region", "name"], "kind", &["at"]);
        let members = match split(value, "=") {
            Some((count, members)) => {
                self.written.add("count = ");
                self.written.piece(&count);
                self.written.add("\n");
                members
            }
            None => value.clone(),
        };
        self.list("members", &members);
    }

    /// task title [lead name]: partner、partner [@due]
    fn task(
        &mut self,
        title: &Spanned<String>,
        words: &[Spanned<String>],
        value: &Spanned<String>,
    ) {
        self.written.line("title", title);
        self.words(words, &[], "", &["lead", "at"]);
        let Dated { value, year } = dated(value);
        if let Some(due) = year {
            self.written.add("due = ");
            self.written.piece(&due);
            self.written.add("\n");
        }
        self.list("partners", &value);
    }

    /// Words behind a subject: one of some that stand for the value of a key, or a key and its value.
    fn words(&mut self, words: &[Spanned<String>], values: &[&str], key: &str, keys: &[&str]) {
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if values.contains(&word.value.as_str()) {
                self.written.line(key, word);
            } else if keys.contains(&word.value.as_str())
                && let Some(value) = words.next()
            {
                self.written.line(&word.value, value);
            } else {
                self.problems.push(no_word(word));
            }
        }
    }

    /// `key = { year = "value", … }`, from values joined by `&`.
    fn years(&mut self, key: &str, values: &Spanned<String>, year: i32) {
        if values.value.is_empty() {
            return;
        }
        self.written.add(&format!("{key} = {{ "));
        for (at, value) in parts(values, &['&']).iter().enumerate() {
            if at > 0 {
                self.written.add(", ");
            }
            let Dated { value, year: own } = dated(value);
            match own {
                Some(own) => self.written.piece(&own),
                None => self.written.add(&year.to_string()),
            }
            self.written.add(" = ");
            self.written.quoted(&value);
        }
        self.written.add(" }\n");
    }

    /// `value = "…"` and `year = …`.
    fn dated(&mut self, value: &Spanned<String>, year: Option<i32>) {
        let Dated { value, year: own } = dated(value);
        self.written.line("value", &value);
        match (own, year) {
            (Some(own), _) => {
                self.written.add("year = ");
                self.written.piece(&own);
                self.written.add("\n");
            }
            (None, Some(year)) => self.written.add(&format!("year = {year}\n")),
            (None, None) => (),
        }
    }

    fn list(&mut self, key: &str, names: &Spanned<String>) {
        self.written.add(&format!("{key} = ["));
        for name in parts(names, &['、', ',']) {
            if !name.value.is_empty() {
                self.written.quoted(&name);
                self.written.add(", ");
            }
        }
        self.written.add("]\n");
    }
}

fn no_word(word: &Spanned<String>) -> Problem {
    let message = Said::new(
        format!("这里不能写 {}", word.value),
        format!("{} has no meaning here", word.value),
    );
    let label = Said::new("这个词", "this word");
    let help = Said::new(
        "写法见 docs/language.md“测试”一节",
        "see “Tests” in docs/language.md",
    );
    Problem::new(Kind::RuleUnknownName, word.span, message, label).help(help)
}

fn no_subject(section: &Spanned<String>) -> Problem {
    let word = &section.value;
    let message = Said::new(
        format!("{word} 后面要写明对象"),
        format!("`{word}` needs to say of what"),
    );
    let label = Said::new("在它后面", "behind this");
    let help = Said::new(
        format!("写成 {word} 对象: …"),
        format!("write `{word} subject: …`"),
    );
    Problem::new(Kind::RuleSyntax, section.span, message, label).help(help)
}
