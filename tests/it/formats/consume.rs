//! What reads the formats: each finds every listed finding once, in order.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use planlint::finding::{Decided, Finding, Label, Standing};
use planlint::problem::Severity;
use planlint::source::Place;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use quick_junit::{NonSuccessKind, TestCaseStatus, XmlString};
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use serde_json::Value;

use super::Case;

fn schema(text: &str) -> Validator {
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

fn validated(text: &str, schema: &Validator) -> Value {
    let value = serde_json::from_str(text).unwrap();
    let errors = schema.iter_errors(&value).take(5);
    let errors: Vec<String> = errors
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

fn primary(finding: &Finding) -> &Label {
    finding.labels.first().unwrap()
}

fn path(label: &Label, case: &Case<'_>) -> String {
    case.sources.file(label.span.source).path.clone()
}

fn place(finding: &Finding, case: &Case<'_>) -> Place {
    case.sources.place(primary(finding).span)
}

fn is_raised(finding: &Finding) -> bool {
    finding.verdict != Some(Decided::Undetermined) || finding.severity > Severity::Note
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

pub(super) fn sarif(case: &Case<'_>) {
    static SCHEMA: LazyLock<Validator> =
        LazyLock::new(|| schema(include_str!("../../schemas/sarif-schema-2.1.0.json")));
    let log = validated(&case.written("sarif"), &SCHEMA);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    github_takes(&log);
    assert_eq!(
        run["invocations"][0]["executionSuccessful"],
        case.report.summary.input_errors == 0
    );
    let briefs = case.report.findings.iter().enumerate();
    let shown = briefs.filter(|(_, brief)| case.view.shows(brief));
    let shown: Vec<Finding> = shown
        .map(|(at, _)| case.findings.get(at).unwrap())
        .collect();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), shown.len());
    for (result, finding) in results.iter().zip(&shown) {
        let rule = &rules[number(&result["ruleIndex"])];
        assert_eq!(rule["id"], finding.code);
        told(result, finding);
        weighed(result, finding, case);
        suppressed(result, finding, case);
        located(result, finding, case);
    }
}

/// Its words and what is known of it from run to run.
fn told(result: &Value, finding: &Finding) {
    let fingerprint = finding.fingerprint.to_string();
    assert_eq!(result["partialFingerprints"]["planlint/v1"], fingerprint);
    assert_eq!(result["ruleId"], finding.code);
    let said = read(text(&result["message"]["text"]));
    let help = finding.help.as_deref().unwrap_or("");
    assert!(said.starts_with(&finding.message), "{said}");
    assert!(said.ends_with(help), "{said}");
    let fixes = result.get("fixes").and_then(Value::as_array);
    let fixes = fixes.into_iter().flatten().map(|fix| {
        let change = &fix["artifactChanges"][0]["replacements"][0];
        text(&change["insertedContent"]["text"])
    });
    let wanted = finding.fixes.iter().map(|fix| fix.replacement.as_str());
    assert!(fixes.eq(wanted));
}

/// What a SARIF viewer shows of a message that has no arguments: no link is in it.
fn read(message: &str) -> String {
    assert!(!message.replace("\\](", "").contains("]("), "{message}");
    let message = message.replace("{{", "{").replace("}}", "}");
    if !message.contains("\\](") {
        return message;
    }
    let mut letters = message.chars();
    std::iter::from_fn(|| match letters.next() {
        Some('\\') => letters.next(),
        letter => letter,
    })
    .collect()
}

fn weighed(result: &Value, finding: &Finding, case: &Case<'_>) {
    let (kind, level) = match finding {
        finding if is_raised(finding) => ("fail", finding.severity.word()),
        _ => ("open", "none"),
    };
    assert_eq!(result["kind"].as_str().unwrap_or("fail"), kind);
    assert_eq!(result["level"], level);
    let compared = case.report.comparison.is_some();
    let state = match finding.standing {
        _ if !compared => None,
        Standing::Open => Some("new"),
        _ => Some("unchanged"),
    };
    assert_eq!(result.get("baselineState").and_then(Value::as_str), state);
}

fn located(result: &Value, finding: &Finding, case: &Case<'_>) {
    let related = result.get("relatedLocations").and_then(Value::as_array);
    let locations = result["locations"].as_array().unwrap().iter();
    let locations: Vec<&Value> = locations.chain(related.into_iter().flatten()).collect();
    assert_eq!(locations.len(), finding.labels.len());
    for (location, label) in locations.into_iter().zip(&finding.labels) {
        let value = case.sources.text(label.span);
        let physical = &location["physicalLocation"];
        assert_eq!(physical["region"]["snippet"]["text"], value);
        assert_eq!(measured(physical, label, case), value);
    }
}

fn suppressed(result: &Value, finding: &Finding, case: &Case<'_>) {
    let suppression = result.get("suppressions").map(|all| &all[0]);
    let place = match finding.standing {
        Standing::Open => return assert_eq!(suppression, None),
        Standing::Known => return assert_eq!(suppression.unwrap()["kind"], "external"),
        Standing::Allowed(place) => place,
    };
    let suppression = suppression.unwrap();
    let deviation = case.report.deviation(place).unwrap();
    let path = &case.sources.file(place.source).path;
    let in_plan = path.ends_with(".plan.toml");
    assert_eq!(
        suppression["kind"],
        if in_plan { "inSource" } else { "external" }
    );
    assert_eq!(suppression["status"], "accepted");
    let why = text(&suppression["justification"]);
    for part in [
        &Some(deviation.reason.clone()),
        &deviation.issuer,
        &deviation.until,
    ] {
        assert!(why.contains(part.as_deref().unwrap_or("")), "{why}");
    }
}

/// The text that a reader who counts in UTF-16 units finds at a location.
fn measured(location: &Value, label: &Label, case: &Case<'_>) -> String {
    let artifact = &location["artifactLocation"];
    assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
    let uri = text(&artifact["uri"]);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
    assert!(uri.bytes().all(is_plain), "{uri}");
    let wanted = format!("{}{}", case.view.prefix, path(label, case));
    assert_eq!(decoded(uri), wanted);
    let whole = case.sources.file(label.span.source).text();
    let lines: Vec<Vec<u16>> = whole
        .split_inclusive('\n')
        .map(|line| line.encode_utf16().collect())
        .collect();
    let region = &location["region"];
    let offset = |line: &str, column: &str| {
        let before = lines.iter().take(number(&region[line]) - 1).map(Vec::len);
        before.sum::<usize>() + number(&region[column]) - 1
    };
    let range = offset("startLine", "startColumn")..offset("endLine", "endColumn");
    String::from_utf16(&lines.concat()[range]).unwrap()
}

fn decoded(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// What GitHub code scanning requires beyond the schema: docs.github.com, “SARIF support for code scanning”.
fn github_takes(log: &Value) {
    assert!(text(&log["$schema"]).ends_with("sarif-schema-2.1.0.json"));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "planlint");
    assert_eq!(driver["semanticVersion"], env!("CARGO_PKG_VERSION"));
    let short = |text: &Value, most: usize| {
        let length = self::text(text).chars().count();
        assert!((1..=most).contains(&length), "{length} characters");
    };
    let mut ids = BTreeSet::new();
    for rule in driver["rules"].as_array().unwrap() {
        assert!(ids.insert(text(&rule["id"])));
        short(&rule["name"], 255);
        short(&rule["shortDescription"]["text"], 1024);
        short(&rule["fullDescription"]["text"], 1024);
        short(&rule["help"]["text"], usize::MAX);
        short(&rule["help"]["markdown"], usize::MAX);
        assert!(
            ["note", "warning", "error"].contains(&text(&rule["defaultConfiguration"]["level"]))
        );
        let properties = &rule["properties"];
        assert!(properties["tags"].as_array().unwrap().len() <= 20);
        assert_eq!(properties["precision"], "high");
        let severity = text(&properties["problem.severity"]);
        assert!(["recommendation", "warning", "error"].contains(&severity));
    }
    for result in run["results"].as_array().unwrap() {
        short(&result["message"]["text"], usize::MAX);
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let fingerprints = &result["partialFingerprints"];
        assert_eq!(
            fingerprints["primaryLocationLineHash"],
            fingerprints["planlint/v1"]
        );
        let related = result.get("relatedLocations").and_then(Value::as_array);
        let related = related.into_iter().flatten();
        let ids: BTreeSet<u64> = related
            .clone()
            .map(|of| of["id"].as_u64().unwrap())
            .collect();
        assert_eq!(ids.len(), related.count());
    }
}

/// What XML can hold of a text, with white space as one space.
fn in_xml(raw: &str) -> String {
    let text = XmlString::new(raw.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}"));
    spaced(&text)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_is_xml(text: &str) {
    let is_allowed = |of: char| match of {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        of => of >= ' ',
    };
    assert!(text.chars().all(is_allowed));
}

pub(super) fn junit(case: &Case<'_>) {
    let written = case.written("junit");
    assert_is_xml(&written);
    let read = quick_junit::Report::deserialize_from_str(&written).unwrap();
    assert_eq!((read.time, read.timestamp, read.uuid), (None, None, None));
    assert_eq!(read.name.as_deref(), Some("planlint"));
    let listed = case.listed();
    let rules = case.findings.rules();
    let suites: Vec<String> = read
        .test_suites
        .iter()
        .map(|of| of.name.to_string())
        .collect();
    let wanted: Vec<String> = rules.iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(suites, wanted);
    for suite in &read.test_suites {
        let of_rule = listed
            .iter()
            .filter(|finding| finding.code == suite.name.as_str());
        let found: Vec<&Finding> = of_rule.collect();
        let cases = &suite.test_cases;
        assert_eq!(suite.tests, cases.len());
        assert!(suite.time.is_none() && suite.timestamp.is_none());
        if found.is_empty() {
            assert_eq!(cases.len(), 1);
            assert_eq!(cases[0].status, TestCaseStatus::success());
            continue;
        }
        assert_eq!(cases.len(), found.len());
        for (read, finding) in cases.iter().zip(found) {
            let at = place(finding, case).line;
            let name = format!("{}:{at} {}", path(primary(finding), case), finding.message);
            assert_eq!(spaced(&read.name), in_xml(&name));
            assert_eq!(read.classname.as_deref(), Some(finding.code.as_str()));
            assert_eq!(status(&read.status), wanted_status(finding, case));
            assert_eq!(read.system_out.is_some(), status(&read.status) == "passes");
        }
    }
    let all = [read.failures, read.errors, read.skipped];
    let count = |wanted: &str| {
        let of = listed.iter().map(|finding| wanted_status(finding, case));
        of.filter(|status| *status == wanted).count()
    };
    assert_eq!(all, ["fails", "error", "skipped"].map(count));
}

fn status(of: &TestCaseStatus) -> &'static str {
    match of {
        TestCaseStatus::Success { .. } => "passes",
        TestCaseStatus::Skipped { .. } => "skipped",
        TestCaseStatus::NonSuccess { kind, .. } => match kind {
            NonSuccessKind::Error => "error",
            NonSuccessKind::Failure => "fails",
        },
    }
}

fn wanted_status(finding: &Finding, case: &Case<'_>) -> &'static str {
    if finding.is_incomplete() && finding.severity == Severity::Error {
        "error"
    } else if !is_raised(finding) {
        "skipped"
    } else if finding.severity >= case.view.threshold {
        "fails"
    } else {
        "passes"
    }
}

/// Reads commands as GitHub's runner does.
pub(super) fn github(case: &Case<'_>) {
    let written = case.written("github");
    let listed = case.listed();
    assert_eq!(written.lines().count(), listed.len());
    for (line, finding) in written.split('\n').zip(&listed) {
        let line = line.strip_prefix("::").unwrap();
        let (command, data) = line.split_once("::").unwrap();
        let (name, properties) = command.split_once(' ').unwrap();
        let wanted = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        assert_eq!(name, wanted);
        let properties = properties.split(',').map(|pair| {
            let (key, value) = pair.split_once('=').unwrap();
            let value = value.replace("%3A", ":").replace("%2C", ",");
            (key, unescaped(&value))
        });
        let at = place(finding, case);
        let one_line = at.line == at.end_line;
        let columns = [("col", at.column), ("endColumn", at.end_column)];
        let numbers = [("line", at.line), ("endLine", at.end_line)];
        let numbers = numbers
            .into_iter()
            .chain(columns.into_iter().filter(|_| one_line));
        let file = format!("{}{}", case.view.prefix, path(primary(finding), case));
        let wanted: Vec<(&str, String)> = [("file", file)]
            .into_iter()
            .chain(numbers.map(|(key, number)| (key, number.to_string())))
            .chain([("title", finding.code.clone())])
            .collect();
        assert_eq!(properties.collect::<Vec<_>>(), wanted);
        let data = unescaped(data);
        let rest = data.strip_prefix(&finding.message).unwrap();
        for label in &finding.labels[1..] {
            let line = case.sources.line(label.span);
            let place = format!("{}{}:{line} ", case.view.prefix, path(label, case));
            assert!(rest.contains(&place), "{rest}\n{place}");
        }
        assert!(rest.ends_with(finding.help.as_deref().unwrap_or("")));
    }
}

fn unescaped(escaped: &str) -> String {
    let text = escaped.replace("%0D", "\r").replace("%0A", "\n");
    text.replace("%25", "%")
}

pub(super) fn gitlab(case: &Case<'_>) {
    static SCHEMA: LazyLock<Validator> =
        LazyLock::new(|| schema(include_str!("../../schemas/gitlab-code-quality.json")));
    let report = validated(&case.written("gitlab"), &SCHEMA);
    let listed = case.listed();
    let entries = report.as_array().unwrap();
    assert_eq!(entries.len(), listed.len());
    let mut fingerprints = BTreeSet::new();
    for (entry, finding) in entries.iter().zip(&listed) {
        assert!(fingerprints.insert(text(&entry["fingerprint"])));
        assert_eq!(entry["fingerprint"], finding.fingerprint.to_string());
        assert_eq!(entry["check_name"], finding.code);
        assert!(text(&entry["description"]).starts_with(&finding.message));
        let at = place(finding, case);
        let location = &entry["location"];
        let file = format!("{}{}", case.view.prefix, path(primary(finding), case));
        assert_eq!(location["path"], file);
        assert_eq!(location["lines"]["begin"], at.line);
        assert_eq!(location["lines"]["end"], at.end_line);
    }
}

pub(super) fn checkstyle(case: &Case<'_>) {
    let written = case.written("checkstyle");
    assert_is_xml(&written);
    let mut reader = quick_xml::Reader::from_str(&written);
    let (mut file, mut files, mut seen) = (None, BTreeSet::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"file" => {
                let name = attributes(&tag).remove(0).1;
                assert!(files.insert(name.clone()), "{name} stands there twice");
                file = Some(name);
            }
            quick_xml::events::Event::Start(tag) => assert_eq!(tag.name().as_ref(), b"checkstyle"),
            quick_xml::events::Event::Empty(tag) => {
                assert_eq!(tag.name().as_ref(), b"error");
                seen.push((file.clone().unwrap(), attributes(&tag)));
            }
            quick_xml::events::Event::Eof => break,
            _ => (),
        }
    }
    let listed = case.listed();
    assert_eq!(seen.len(), listed.len());
    for ((file, attributes), finding) in seen.iter().zip(&listed) {
        let at = place(finding, case);
        let wanted = format!("{}{}", case.view.prefix, path(primary(finding), case));
        assert_eq!(*file, wanted);
        let names: Vec<&str> = attributes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["line", "column", "severity", "message", "source"]);
        let values: Vec<&str> = attributes.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values[0], at.line.to_string());
        assert_eq!(values[1], at.column.to_string());
        let severity = match finding.severity {
            Severity::Note => "info",
            severity => severity.word(),
        };
        assert_eq!(values[2], severity);
        // The escapes that XML cannot hold take what they would end with them: the message is read to there.
        if !finding.message.contains('\u{1b}') {
            assert!(spaced(values[3]).starts_with(&in_xml(&finding.message)));
        }
        assert_eq!(values[4], finding.code);
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let all = tag.attributes().map(Result::unwrap);
    all.map(|attribute| {
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
        (name, value.into_owned())
    })
    .collect()
}

pub(super) fn csv(case: &Case<'_>) {
    let written = case.written("csv");
    let written = written.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let heads = "rule,severity,verdict,plan,region,indicator,year,path,line,column,end_line,end_column,value,message,help,reason,other_path,other_line,other_value,fingerprint";
    let read = reader.headers().unwrap().iter().collect::<Vec<_>>();
    assert_eq!(read, heads.split(',').collect::<Vec<_>>());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let listed = case.listed();
    assert_eq!(rows.len(), listed.len());
    for (row, finding) in rows.iter().zip(&listed) {
        for cell in row {
            assert!(!is_formula(cell), "{cell:?}");
        }
        let cell = |name: &str| {
            let at = heads.split(',').position(|head| head == name).unwrap();
            row[at].to_owned()
        };
        let at = place(finding, case);
        let other = finding.labels.get(1);
        let wanted = [
            ("rule", finding.code.clone()),
            ("severity", finding.severity.word().to_owned()),
            ("plan", finding.subject.plan.clone().unwrap_or_default()),
            ("path", path(primary(finding), case)),
            ("line", at.line.to_string()),
            ("column", at.column.to_string()),
            ("end_line", at.end_line.to_string()),
            ("end_column", at.end_column.to_string()),
            ("value", case.sources.text(primary(finding).span).to_owned()),
            ("message", finding.message.clone()),
            ("help", finding.help.clone().unwrap_or_default()),
            ("reason", finding.reason.clone().unwrap_or_default()),
            (
                "other_path",
                other.map(|label| path(label, case)).unwrap_or_default(),
            ),
            (
                "other_value",
                other
                    .map_or("", |label| case.sources.text(label.span))
                    .to_owned(),
            ),
            ("fingerprint", finding.fingerprint.to_string()),
        ];
        for (name, wanted) in wanted {
            let guard = if is_formula(&wanted) { "'" } else { "" };
            assert_eq!(cell(name), format!("{guard}{wanted}"), "{name}");
        }
    }
}

/// Whether a spreadsheet would compute a cell.
fn is_formula(cell: &str) -> bool {
    let number = |rest: &str| {
        let plain = rest.replace(['.', ',', '%', '‰'], "");
        rest.starts_with(|of: char| of.is_ascii_digit())
            && plain.bytes().all(|of| of.is_ascii_digit())
    };
    let minus = ['-', '－']
        .iter()
        .find_map(|minus| cell.strip_prefix(*minus));
    cell.starts_with(['=', '+', '@', '＝', '＋', '＠', '\t', '\r', '\n'])
        || minus.is_some_and(|rest| !number(rest))
}

pub(super) fn markdown(case: &Case<'_>) {
    let mut firsts: Vec<String> = items(&case.written("markdown"))
        .iter()
        .map(|item| {
            let first = item.lines().next().unwrap_or("");
            let first = first.trim_start_matches("同此：");
            spaced(first.trim_start_matches("the same by "))
        })
        .collect();
    let report = case.report;
    let listed = case.listed();
    let others = firsts.split_off(listed.len());
    let fixed = report.comparison.as_ref().map_or(0, |of| of.fixed.len());
    let wanted = fixed + report.deviations.len() + report.context_errors.len();
    assert_eq!(others.len(), wanted);
    let (words, colon) = report.language.pick(
        (["错误", "警告", "提示"], "："),
        (["error", "warning", "note"], ": "),
    );
    let mut wanted: Vec<String> = listed
        .iter()
        .map(|finding| {
            let at = Severity::ALL.iter().position(|of| *of == finding.severity);
            let message = finding.message.replace(char::is_control, " ");
            spaced(&format!(
                "{} {}{colon}{message}",
                words[at.unwrap()],
                finding.code
            ))
        })
        .collect();
    firsts.sort();
    wanted.sort();
    assert_eq!(firsts, wanted);
}

/// The text of each item of a list, those within it apart; nothing but lists, headings and one table stands there.
fn items(written: &str) -> Vec<String> {
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let (mut items, mut open, mut tables) = (Vec::<String>::new(), Vec::new(), 0);
    for event in Parser::new_ext(written, options) {
        match event {
            Event::Start(Tag::Item) => {
                open.push(items.len());
                items.push(String::new());
            }
            Event::End(TagEnd::Item) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    items[*at].push_str(&text);
                }
            }
            Event::HardBreak => items[*open.last().unwrap()].push('\n'),
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(
                Tag::Heading { .. }
                | Tag::List(None)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::Strong
                | Tag::Paragraph,
            )
            | Event::End(_) => (),
            event => panic!("{event:?}"),
        }
    }
    assert_eq!(tables, 1);
    items
}
