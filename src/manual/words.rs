//! `docs/tables.md`: every word of the language that stands for data.

use std::fmt::Write;

use crate::builtin;
use crate::language::Said;
use crate::relation::{COLUMNS, RELATIONS, TABLES, TESTS};
use crate::syntax::Keyword;
use crate::value::Kind;

/// Tables, relations, functions, columns by kind of entity, the words behind `is`, and the keywords.
#[must_use]
pub fn words() -> String {
    let mut out = String::from(
        "# 表、关系、栏、词 · Tables, relations, columns, words\n\n由程序生成，请勿手改；测试保证它与程序一致。 Generated; a test keeps it current.\n",
    );
    section(&mut out, "表", "Tables", "in …");
    for table in TABLES {
        entry(&mut out, table.name, table.kind, table.doc);
    }
    section(&mut out, "关系", "Relations", "in …(x)");
    for relation in RELATIONS {
        let form = format!("{}({})", relation.name, relation.of.name().en);
        entry(&mut out, &form, relation.kind, relation.doc);
    }
    section(&mut out, "函数", "Functions", "f(x)");
    for function in builtin::ALL {
        let form = format!("{}(…)", function.name);
        entry(&mut out, &form, function.result, function.doc);
    }
    for columns in COLUMNS {
        let Some(first) = columns.first() else {
            continue;
        };
        let Said { zh, en } = first.of.name();
        section(&mut out, &zh, &en, "x.…");
        for column in columns {
            entry(&mut out, column.name, column.kind, column.doc);
        }
    }
    section(&mut out, "“是”之后", "Behind `is`", "x is …");
    for test in TESTS {
        let _ = writeln!(out, "| `{}` | | {} |", test.word, test.doc);
    }
    let _ = writeln!(
        out,
        "\n## 关键词 · Keywords\n\n| English | 中文 |\n| --- | --- |"
    );
    for keyword in Keyword::ALL {
        let spelling = keyword.spelling();
        let _ = writeln!(out, "| `{}` | `{}` |", spelling.en, spelling.zh);
    }
    out
}

fn section(out: &mut String, zh: &str, en: &str, form: &str) {
    let _ = writeln!(
        out,
        "\n## {zh} · {en}\n\n| `{form}` | gives | |\n| --- | --- | --- |"
    );
}

fn entry(out: &mut String, name: &str, kind: Kind, doc: &str) {
    let _ = writeln!(out, "| `{name}` | {} | {doc} |", kind.name().en);
}
