//! The schemas: current, true of the real files, and strict about keys, types and words.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use planlint::schema::{self, Schema};
use serde_json::{Map, Value, json};

use crate::command::{planlint, text};
use crate::docs::current;
use crate::real::root;

#[test]
fn the_schemas_are_current() {
    for schema in schema::ALL {
        current(
            &format!("schemas/{}.schema.json", schema.name),
            &written(schema),
        );
    }
    let schemas = fs::read_dir(root().join("schemas")).unwrap();
    assert_eq!(schemas.count(), schema::ALL.len(), "schemas of no kind");
}

#[test]
fn the_command_prints_the_schema_of_a_plan_unless_told_otherwise() {
    let plan = planlint(root(), &["schema"]);
    assert_eq!(text(&plan.stdout), written(named("plan")));
    for schema in schema::ALL {
        let output = planlint(root(), &["schema", schema.name]);
        assert_eq!(text(&output.stdout), written(schema));
    }
    let output = planlint(root(), &["schema", "plans"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_schemas_are_schemas() {
    for schema in schema::ALL {
        let schema: Value = serde_json::from_str(&written(schema)).unwrap();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        jsonschema::meta::validate(&schema).unwrap();
    }
}

/// Every plan file of the repository, those of a new one, and both catalogues.
#[test]
fn what_reading_takes_is_valid() {
    let plan = validator("plan");
    let mut plans = plan_files(&root().join("plans"));
    plans.extend(plan_files(&root().join("src/bin/planlint/init/plans")));
    assert!(plans.len() >= 9);
    for path in &plans {
        valid(&plan, path);
    }
    let indicators = validator("indicators");
    valid(&indicators, &root().join("plans/indicators.toml"));
    let new = root().join("src/bin/planlint/init/plans/indicators.toml");
    valid(&indicators, &new);
}

/// A line of each: what is written, what is written instead, and where it is refused.
#[test]
fn a_misspelt_key_a_wrong_type_and_a_wrong_word_are_refused() {
    let plan = validator("plan");
    let good = "format = 1\nid = \"a\"\ntitle = \"甲\"\nregion = \"100101\"\nfield = \"health\"\nstatus = \"draft\"\nperiod = { from = 2021, to = 2025 }\nindicators = [{ id = \"a\", target = { 2025 = \"≥72\" }, nature = \"binding\" }]\n";
    assert!(plan.is_valid(&json(good)));
    for (right, wrong, place) in [
        ("field =", "feild =", ""),
        ("nature =", "natrue =", "/indicators/0"),
        ("to = 2025", "until = 2025", "/period"),
        ("title = \"甲\"", "title = 5", "/title"),
        ("from = 2021", "from = \"2021\"", "/period/from"),
        (
            "target = { 2025 = \"≥72\" }",
            "target = \"≥72\"",
            "/indicators/0/target",
        ),
        ("2025 = \"≥72\"", "2025 = true", "/indicators/0/target/2025"),
        ("2025 = \"≥72\"", "by2025 = \"≥72\"", "/indicators/0/target"),
        ("\"draft\"", "\"drafted\"", "/status"),
        ("\"binding\"", "\"obligatory\"", "/indicators/0/nature"),
        ("status =", "issued = \"soon\"\nstatus =", "/issued"),
        ("id = \"a\"\n", "", ""),
    ] {
        let text = good.replacen(right, wrong, 1);
        assert_ne!(text, good, "{right}");
        refused(&plan, &text, place);
    }
    let indicators = validator("indicators");
    let good = "format = 1\n[units]\n\"岁\" = { dimension = \"age\" }\n[[indicator]]\nid = \"a\"\nname = \"甲\"\nunit = \"岁\"\nbetter = \"higher\"\ndomain = \"b\"\nplausible = { county = \"1..2\", \"地级\" = \"1..2\" }\n";
    assert!(indicators.is_valid(&json(good)));
    for (right, wrong, place) in [
        ("dimension", "dimensions", "/units/岁"),
        ("\"higher\"", "\"up\"", "/indicator/0/better"),
        ("county =", "country =", "/indicator/0/plausible"),
        ("{ dimension = \"age\" }", "\"age\"", "/units/岁"),
    ] {
        refused(&indicators, &good.replacen(right, wrong, 1), place);
    }
}

fn refused(validator: &Validator, text: &str, place: &str) {
    let value = json(text);
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| error.instance_path().to_string())
        .collect();
    assert!(
        errors.iter().any(|at| at == place),
        "{place:?} of {text} is not refused, but {errors:?}"
    );
}

fn valid(validator: &Validator, path: &Path) {
    let value = json(&fs::read_to_string(path).unwrap());
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{}", path.display());
}

fn validator(name: &str) -> Validator {
    let schema: Value = serde_json::from_str(&written(named(name))).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn named(name: &str) -> &'static Schema {
    let mut all = schema::ALL.iter();
    all.find(|schema| schema.name == name).unwrap()
}

fn written(schema: &Schema) -> String {
    let mut text = Vec::new();
    schema.write(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn plan_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(plan_files(&path));
        } else if path.to_string_lossy().ends_with(".plan.toml") {
            found.push(path);
        }
    }
    found
}

/// TOML as the JSON that an editor holds against a schema: a date is a text.
fn json(text: &str) -> Value {
    fn value(of: toml::Value) -> Value {
        match of {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(value).collect(),
            toml::Value::Table(pairs) => table(pairs),
        }
    }
    fn table(of: toml::Table) -> Value {
        let pairs = of.into_iter().map(|(key, of)| (key, value(of)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    }
    table(text.parse().unwrap())
}
