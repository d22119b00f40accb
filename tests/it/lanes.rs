//! Plan files are read by two lanes: whatever the fast one takes comes out as the recovering one reads it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use planlint::catalogue::Catalogue;
use planlint::check::Repository;
use planlint::format::format_plan;
use planlint::import::{
    Entity, Field, FieldKind, PLAN, is_plain, lanes_agree, read_catalogue, read_plan,
    read_plan_recovering, read_regions,
};
use planlint::region::Regions;
use planlint::source::{SourceId, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::{cases, real};

/// Regions, indicators, and the plan files that name them.
pub(crate) struct World {
    pub(crate) regions: Regions,
    pub(crate) catalogue: Catalogue,
    source: SourceId,
    plans: Vec<String>,
}

impl World {
    fn new(repository: Repository, plans: Vec<String>) -> Self {
        let mut sources = Sources::default();
        let mut add = |file: Option<planlint::check::File>| {
            let text = String::from_utf8(file.unwrap().bytes.unwrap()).unwrap();
            (text.clone(), sources.add("", text))
        };
        let (regions, catalogue) = (add(repository.regions), add(repository.catalogue));
        Self {
            regions: read_regions(&regions.0, regions.1).0,
            catalogue: read_catalogue(&catalogue.0, catalogue.1).0,
            source: sources.add("", ""),
            plans,
        }
    }

    /// Whether both lanes say the same; true as well where there is only one to ask.
    fn agrees(&self, text: &str) -> bool {
        let fast = read_plan(text, self.source, &self.regions, &self.catalogue);
        let slow = read_plan_recovering(text, self.source, &self.regions, &self.catalogue);
        fast == slow && lanes_agree(text)
    }
}

/// The shipped plans.
static REAL: LazyLock<World> = LazyLock::new(|| {
    let repository = real::repository();
    let plans = plans_of(&repository);
    World::new(repository, plans)
});

/// The plan files of all cases, good and bad.
pub(crate) static CASES: LazyLock<World> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut plans = Vec::new();
    for folder in ["input", "language", "rules", "rule", "real"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            if text.contains("-- ") {
                plans.extend(plans_of(&cases::repository(&text)));
            }
        }
    }
    plans.push(fs::read_to_string(root.join("format/messy.plan.toml")).unwrap());
    plans.extend(ODD.iter().map(|(_, odd)| plan_with(odd)));
    plans.push(GENERATED.to_owned());
    plans.sort();
    World::new(cases::repository(""), plans)
});

fn plans_of(repository: &Repository) -> Vec<String> {
    let files = repository.plans.iter();
    let texts = files.filter_map(|file| String::from_utf8(file.bytes.clone().ok()?).ok());
    texts.collect()
}

/// As `examples/generate.rs` lays a plan out.
const GENERATED: &str = "format = 1
id     = \"plan-100101\"
title  = \"100101卫生健康“十四五”规划\"
region = \"100101\"
field  = \"health\"
status = \"issued\"
period = { from = 2021, to = 2025 }

indicators = [
  { id = \"life_expectancy\", name = \"指标0\", unit = \"岁\", baseline = { 2020 = \"73.5\" }, target = { 2025 = \"≥75.2\" }, nature = \"binding\", row = 1, at = \"表1\" },
  { id = \"infant_mortality\", name = \"指标1\", unit = \"‰\", baseline = { 2020 = \"3.4\" }, target = { 2025 = \"同比例提高\" }, nature = \"anticipatory\", row = 2, at = \"表1\" },
]
";

/// What follows the plain head of a plan and is not plain, and why.
const ODD: &[(&str, &str)] = &[
    ("an unknown key", "colour = \"red\"\n"),
    ("a wrong type", "number = 7\n"),
    ("a wrong type in a list", "follows = [1]\n"),
    ("a key twice", "id = \"b\"\n"),
    (
        "a key twice in a table",
        "source = { title = \"甲\", title = \"乙\" }\n",
    ),
    (
        "a year twice",
        "changes = [ { subject = \"甲\", from = { 2020 = \"1\", \"2020\" = \"2\" } } ]\n",
    ),
    ("a table twice", "[source]\n[source]\n"),
    ("a table again as a header", "source = {}\n[source]\n"),
    (
        "a list again as a header",
        "allow = []\n[[allow]]\nrule = \"a/b\"\nreason = \"因\"\n",
    ),
    ("a missing key", "[[allow]]\nrule = \"a/b\"\n"),
    (
        "a wrong word",
        "rosters = [ { subject = \"甲\", members = [], kind = \"x\" } ]\n",
    ),
    ("an escape", "number = \"\\u0041\"\n"),
    ("an escaped quote", "number = \"\\\"\"\n"),
    ("a text over lines", "number = \"\"\"甲\"\"\"\n"),
    ("a literal text over lines", "number = '''甲'''\n"),
    ("no end of a text", "number = \"甲\n"),
    ("a dotted key", "source.title = \"甲\"\n"),
    ("a dotted header", "[source.title]\n"),
    ("a header for what is no table", "[number]\n"),
    (
        "one header for what is many",
        "[allow]\nrule = \"a/b\"\nreason = \"因\"\n",
    ),
    ("many headers for what is one", "[[source]]\n"),
    (
        "a space in a header",
        "[[ allow ]]\nrule = \"a/b\"\nreason = \"因\"\n",
    ),
    (
        "a hexadecimal number",
        "tasks = [ { title = \"甲\", due = 0x7E6 } ]\n",
    ),
    (
        "an underscore in a number",
        "tasks = [ { title = \"甲\", due = 2_030 } ]\n",
    ),
    ("a plus", "tasks = [ { title = \"甲\", due = +2030 } ]\n"),
    (
        "a leading zero",
        "tasks = [ { title = \"甲\", due = 02030 } ]\n",
    ),
    (
        "a decimal year",
        "tasks = [ { title = \"甲\", due = 2030.0 } ]\n",
    ),
    (
        "too large a number",
        "tasks = [ { title = \"甲\", due = 99999999999999999999 } ]\n",
    ),
    (
        "an exponent",
        "counts = [ { subject = \"甲\", value = 1e3 } ]\n",
    ),
    (
        "infinity",
        "counts = [ { subject = \"甲\", value = inf } ]\n",
    ),
    (
        "a date for a value",
        "counts = [ { subject = \"甲\", value = 2022-01-05 } ]\n",
    ),
    ("no such day", "issued = 2022-02-30\n"),
    ("a time", "issued = 2022-01-05T12:00:00\n"),
    ("a time behind a space", "issued = 2022-01-05 12:00:00\n"),
    ("no such month", "issued = \"2022-13\"\n"),
    ("a word that is no truth value", "partial = True\n"),
    ("two values", "partial = true false\n"),
    ("two pairs in a line", "partial = true number = \"甲\"\n"),
    ("no value", "number =\n"),
    ("no key", "= 1\n"),
    ("a comma too many", "follows = [\"a\",,]\n"),
    ("a comma too few", "follows = [\"a\" \"b\"]\n"),
    ("no end of a list", "follows = [\"a\",\n"),
    ("a control character", "number = \"\u{1}\"\n"),
    ("a control character in a comment", "# \u{7f}\n"),
    ("a lone carriage return", "# a\rb\n"),
    ("a mark of byte order inside", "\u{feff}partial = true\n"),
    ("a wide space", "partial\u{3000}= true\n"),
];

fn plan_with(more: &str) -> String {
    let head = GENERATED.split("\nindicators").next().unwrap_or("");
    format!("{head}{more}")
}

#[test]
fn plan_files_as_they_are_written_take_the_fast_lane() {
    for plan in &REAL.plans {
        assert!(is_plain(plan), "{plan}");
        let laid_out = format_plan(plan, REAL.source).unwrap();
        assert!(is_plain(&laid_out), "{laid_out}");
    }
    assert!(is_plain(GENERATED));
    assert!(is_plain(&plan_with("")));
    assert!(is_plain(&GENERATED.replace('\n', "\r\n")));
}

#[test]
fn odd_texts_do_not_take_the_fast_lane() {
    for (why, odd) in ODD {
        assert!(!is_plain(&plan_with(odd)), "{why}");
    }
    for (why, text) in [
        ("nothing", String::new()),
        ("a mark of byte order", format!("\u{feff}{GENERATED}")),
        ("keys below a header", format!("[source]\n{GENERATED}")),
    ] {
        assert!(!is_plain(&text), "{why}");
    }
}

#[test]
fn both_lanes_read_every_plan_file_alike() {
    for world in [&REAL, &CASES] {
        for plan in &world.plans {
            for text in [plan.clone(), plan.replace('\n', "\r\n")] {
                assert!(world.agrees(&text), "{text}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_lanes_read_generated_plan_files_alike(choices in vec(any::<u32>(), 0..160)) {
        let (text, plain) = Writer::new(&choices).file();
        prop_assert!(!plain || is_plain(&text), "{}", text);
        prop_assert!(CASES.agrees(&text), "{}", text);
    }

    #[test]
    fn both_lanes_read_changed_plan_files_alike(
        choices in vec(any::<u32>(), 0..120), kept in any::<bool>(), edits in vec(edit(), 1..4)
    ) {
        let mut writer = Writer::new(&choices);
        let mut text = if kept { writer.case() } else { writer.file().0 };
        for edit in &edits {
            edit.apply(&mut text);
        }
        // What the fast lane leaves has only one way.
        prop_assert!(!is_plain(&text) || CASES.agrees(&text), "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_lanes_read_changed_plans_of_the_repository_alike(plan in any::<Index>(), edits in vec(edit(), 1..3)) {
        let mut text = plan.get(&REAL.plans).clone();
        for edit in &edits {
            edit.apply(&mut text);
        }
        prop_assert!(!is_plain(&text) || REAL.agrees(&text), "{}", text);
    }
}

/// One change to a text.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    kind: Change,
    place: Index,
    other: Index,
    length: usize,
    token: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Delete,
    Repeat,
    Insert,
    Replace,
    Swap,
    DeleteLine,
    RepeatLine,
    SwapLines,
    Splice,
}

const CHANGES: &[Change] = &[
    Change::Delete,
    Change::Repeat,
    Change::Insert,
    Change::Insert,
    Change::Insert,
    Change::Replace,
    Change::Swap,
    Change::DeleteLine,
    Change::RepeatLine,
    Change::SwapLines,
    Change::Splice,
];

const TOKENS: &[&str] = &[
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "=",
    ",",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "#",
    "# 注\n",
    "# 注\r\n",
    ".",
    "-",
    "_",
    "+",
    "0",
    "1",
    "2020",
    "-1.50",
    "1e5",
    "0x1F",
    "true",
    "false",
    "2022-01-05",
    "2022-02-30",
    "\\",
    "\"\"",
    "\"\"\"",
    "'''",
    "\u{feff}",
    "\u{7f}",
    "\0",
    "\u{85}",
    "\u{2028}",
    "万",
    "[[allow]]\n",
    "[period]\n",
    "[source]\n",
    "id",
    "from = 2021, ",
    "\"id\"",
    "{}",
    "[]",
    "at = \"表\"\n",
    ",\n",
    " , at = '表' ",
    "2020 = \"1\",",
    "row = 7, ",
    "partial = true\n",
    "{ } ,",
];

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let places = (any::<Index>(), any::<Index>(), 1_usize..8);
    (select(CHANGES), places, select(TOKENS)).prop_map(|(kind, (place, other, length), token)| {
        Edit {
            kind,
            place,
            other,
            length,
            token,
        }
    })
}

impl Edit {
    pub(crate) fn apply(&self, text: &mut String) {
        let at = border(text, self.place.index(text.len() + 1));
        let end = border(text, (at + self.length).min(text.len()));
        match self.kind {
            Change::Delete => text.replace_range(at..end, ""),
            Change::Repeat => {
                let piece = text[at..end].to_owned();
                text.insert_str(end, &piece);
            }
            Change::Insert => text.insert_str(at, self.token),
            Change::Replace => text.replace_range(at..end, self.token),
            Change::Swap => {
                let piece = text[at..end].to_owned();
                text.replace_range(at..end, "");
                let to = border(text, self.other.index(text.len() + 1));
                text.insert_str(to, &piece);
            }
            Change::DeleteLine | Change::RepeatLine | Change::SwapLines => self.lines(text),
            Change::Splice => {
                let other = self.other.get(&CASES.plans);
                let from = border(other, self.place.index(other.len() + 1));
                text.replace_range(at.., &other[from..]);
            }
        }
    }

    fn lines(&self, text: &mut String) {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.is_empty() {
            return;
        }
        let (line, other) = (self.place.index(lines.len()), self.other.index(lines.len()));
        match self.kind {
            Change::DeleteLine => drop(lines.remove(line)),
            Change::RepeatLine => lines.insert(other, lines[line]),
            _ => lines.swap(line, other),
        }
        *text = lines.concat();
    }
}

/// The last border between characters that is not behind a place.
fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Writes plan files by the field tables, as its choices say: with all zeros the shortest plain one.
struct Writer<'c> {
    choices: std::slice::Iter<'c, u32>,
    /// Whether to write what is not plain as well.
    odd: bool,
    /// Whether nothing that is not plain has been written.
    plain: bool,
}

impl<'c> Writer<'c> {
    fn new(choices: &'c [u32]) -> Self {
        Self {
            choices: choices.iter(),
            odd: false,
            plain: true,
        }
    }

    /// One of so many; the first where the choices are used up.
    fn pick(&mut self, of: usize) -> usize {
        self.choices
            .next()
            .map_or(0, |choice| *choice as usize % of)
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.pick(of.len())]
    }

    /// Whether something rare and odd is to be written here.
    fn oddly(&mut self) -> bool {
        let odd = self.odd && self.pick(24) == 1;
        self.plain &= !odd;
        odd
    }

    /// A plan file of the cases.
    fn case(&mut self) -> String {
        let at = self.pick(CASES.plans.len());
        CASES.plans[at].clone()
    }

    fn file(mut self) -> (String, bool) {
        self.odd = self.pick(2) == 1;
        let mut text = String::new();
        let mut behind = Vec::new();
        for field in self.fields(&PLAN) {
            let headed = self.pick(3) == 1;
            match &field.kind {
                FieldKind::One(entity) if headed => {
                    behind.push(self.section("[", field.key, "]", entity));
                }
                FieldKind::Many(entity) if headed => {
                    for _ in 0..=self.pick(3) {
                        behind.push(self.section("[[", field.key, "]]", entity));
                    }
                }
                _ => {
                    text += self.one(&["", "\n", "# 注 # \"\n", " \t\n", "  "]);
                    self.pair(&mut text, field);
                    text += self.line_end();
                }
            }
        }
        while !behind.is_empty() {
            let at = self.pick(behind.len());
            text += &behind.remove(at);
        }
        if self.pick(6) == 1 {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        if self.pick(6) == 1 {
            text.truncate(text.trim_end().len());
        }
        (text, self.plain)
    }

    fn line_end(&mut self) -> &'static str {
        self.one(&["\n", " \n", "# 注\n", " # 注, }\n\n", "\r\n", "\t# 注\r\n"])
    }

    fn section(&mut self, open: &str, key: &str, close: &str, entity: &Entity) -> String {
        let mut text = format!("{open}{key}{close}{}", self.line_end());
        for field in self.fields(entity) {
            self.pair(&mut text, field);
            text += self.line_end();
        }
        text
    }

    /// The fields to write, in their order or another.
    fn fields(&mut self, entity: &Entity) -> Vec<&'static Field> {
        let mut fields: Vec<&'static Field> = Vec::new();
        for field in entity.fields {
            let there = if field.required {
                !self.oddly()
            } else {
                self.pick(3) == 1
            };
            if there {
                let twice = self.oddly();
                fields.push(field);
                if twice {
                    fields.push(field);
                }
            }
        }
        if self.pick(3) == 1 {
            let by = self.pick(fields.len().max(1));
            fields.rotate_left(by);
        }
        fields
    }

    fn pair(&mut self, text: &mut String, field: &Field) {
        let equals = self.one(&[" = ", "=", "  =\t", " =  "]);
        if self.oddly() {
            let key = self.one(&["colour", "a.b", "\"\\u0061\"", "", "键", "id"]);
            write!(text, "{key}{equals}").unwrap();
        } else {
            let quote = self.one(&["", "", "", "\"", "'"]);
            write!(text, "{quote}{}{quote}{equals}", field.key).unwrap();
        }
        if self.oddly() {
            *text += self.one(&[
                "7",
                "\"\"\"甲\"\"\"",
                "'''\n甲'''",
                "\"\\t\"",
                "{}",
                "[]",
                "2022-13-01",
                "0x1F",
                "1_0",
                "+1",
                "nan",
                "07",
                "2022-01-05T10:00:00Z",
                "truE",
                "",
                "{ a.b = 1 }",
                "1.",
                "-",
                "99999999999999999999",
                "1979-05-27 07:32:00",
                "\"\u{1}\"",
                "[[]]",
                "[1, \"a\"]",
            ]);
        } else {
            self.value(text, field);
        }
    }

    fn value(&mut self, text: &mut String, field: &Field) {
        match &field.kind {
            FieldKind::Text => self.text(text, field.key),
            FieldKind::Value => self.printed(text),
            FieldKind::Choice(words) => {
                let word = self.pick(words.len());
                write!(text, "\"{}\"", words[word]).unwrap();
            }
            FieldKind::Integer => {
                *text += self.one(&["1", "2021", "2025", "2030", "-0", "0", "-12"]);
            }
            FieldKind::Boolean => *text += self.one(&["true", "false"]),
            FieldKind::Date => {
                *text += self.one(&["2022-01-05", "2024-02-29", "\"2022-02\"", "'2022-12'"]);
            }
            FieldKind::Texts => self.list(text, '[', ']', |writer, text| writer.text(text, "")),
            FieldKind::Years => {
                let mut year = 2014;
                self.list(text, '{', '}', |writer, text| {
                    year += 1 + writer.pick(9);
                    let quote = writer.one(&["", "\"", "'"]);
                    write!(text, "{quote}{year}{quote} = ").unwrap();
                    writer.printed(text);
                });
            }
            FieldKind::One(entity) => self.table(text, entity),
            FieldKind::Many(entity) => {
                self.list(text, '[', ']', |writer, text| writer.table(text, entity));
            }
            FieldKind::Named(_) | FieldKind::Levels | FieldKind::Values => {
                panic!("no plan has {}", field.key)
            }
        }
    }

    fn table(&mut self, text: &mut String, entity: &Entity) {
        let fields = self.fields(entity);
        let (open, comma, close) = match self.pick(4) {
            1 => ("{", ",", "}"),
            2 => ("{\n", ",\n", "\n}"),
            3 => ("{ # 注 }\n ", " , # 注\n", ", }"),
            _ => ("{ ", ", ", " }"),
        };
        // A comma with nothing before it is no table.
        let close = if fields.is_empty() { "}" } else { close };
        *text += open;
        for (at, field) in fields.into_iter().enumerate() {
            if at > 0 {
                *text += comma;
            }
            self.pair(text, field);
        }
        *text += close;
    }

    fn list(
        &mut self,
        text: &mut String,
        open: char,
        close: char,
        mut item: impl FnMut(&mut Self, &mut String),
    ) {
        text.push(open);
        let items = [1, 0, 2, 3][self.pick(4)];
        for at in 0..items {
            *text += self.one(&["", " ", "\n  ", " # 注 ]\n"]);
            item(self, text);
            if at + 1 < items {
                *text += self.one(&[",", " ,", ",\n", "\n,"]);
            }
        }
        if items > 0 && self.pick(2) == 1 {
            *text += ",";
        }
        *text += self.one(&["", " ", "\n", " # 注\n"]);
        text.push(close);
    }

    fn text(&mut self, text: &mut String, key: &str) {
        let ids = &["life_expectancy", "infant_mortality", "exercise_people"];
        let word = match key {
            "id" | "indicator" => self.one(ids),
            "region" => self.one(&["100101", "100000", "甲省", "000000"]),
            "unit" => self.one(&["岁", "‰", "人"]),
            _ => self.one(&[
                "甲“乙”",
                "",
                " ",
                "a # b",
                "x = { y }",
                "[1]",
                "\u{2028}\u{85}\u{feff}",
                "\t",
            ]),
        };
        let quote = self.one(&["\"", "\"", "'"]);
        write!(text, "{quote}{word}{quote}").unwrap();
    }

    fn printed(&mut self, text: &mut String) {
        *text += self.one(&[
            "\"72\"",
            "72",
            "72.50",
            "-0.3",
            "'≥75'",
            "\"5-6%左右\"",
            "\"?\"",
            "\"\"",
            "0",
            "0.0",
            "-0",
            "123456789012345678901234567890",
            "\"什么\"",
        ]);
    }
}
