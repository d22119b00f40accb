//! planlint checks regional plans against each other and against themselves.
//!
//! Two lanes meet once. Plan lane: files → [`import`] → [`model`] → [`facts`]. Rule lane: texts → [`syntax`] →
//! [`resolve`] → [`query`]. They meet in [`eval`]; [`check`] is the whole way in one function, [`render`] shows
//! what it found. The library opens no file, asks no clock and prints nothing: the command does.
//!
//! This file is the map. Modules stand in reading order; each uses only the modules above it that its `Uses` line
//! names, which a test holds.

/// Full-width ASCII folded to half width; names as they are compared.
///
/// Uses nothing.
pub mod width;
/// The two languages of messages, and a text said in both.
///
/// Uses nothing.
pub mod language;
/// What a run costs: time and rows of its phases, by a clock that it is handed.
///
/// Uses language.
pub mod timing;
/// The bytes of a cache: columns of fixed width, and the small rest.
///
/// Uses nothing.
pub mod pack;
/// Files as texts, byte spans in them, lines and columns.
///
/// Uses nothing.
pub mod source;
/// What can be wrong with an input: the one list of kinds, and a problem with its places.
///
/// Uses language, source.
pub mod problem;
/// Exact numbers, units, dimensions.
///
/// Uses width.
pub mod quantity;
/// Intervals, direction, no-weaker-than, three truth values with reasons.
///
/// Uses language, quantity.
pub mod bound;
/// How plans write values: one nom grammar to a reading; with direction, baseline and years to a bound.
///
/// Uses width, language, quantity, bound.
pub mod notation;
/// The hierarchy: codes, names, levels; the only petgraph.
///
/// Uses width, language, source, problem.
pub mod region;
/// Indicators and units.
///
/// Uses width, source, quantity, bound, region.
pub mod catalogue;
/// A plan as its author wrote it; spans.
///
/// Uses pack, source, quantity, notation, region, catalogue.
pub mod model;
/// What planlint.toml says: paths, rules on and off, parameters, accepted deviations.
///
/// Uses language, source, problem, quantity, region, model.
pub mod settings;
/// A file per input format; from texts to the model.
///
/// Uses language, source, problem, quantity, bound, notation, region, catalogue, model, settings.
pub mod import;
/// The fact store: every figure with its bound; superiors and children; indexes.
///
/// Uses language, pack, source, quantity, bound, notation, region, catalogue, model.
pub mod facts;
/// What rules compute with: values and their kinds.
///
/// Uses language, quantity, bound, region, catalogue, model, facts.
pub mod value;
/// What rules may ask of plans; a file per entity: columns with docs.
///
/// Uses language, source, quantity, bound, notation, region, catalogue, model, facts, value.
pub mod relation;
/// Functions of the language, a file each.
///
/// Uses bound, facts, value.
pub mod builtin;
/// The rule language: tokens, tree, parsers with recovery.
///
/// Uses width, language, source, problem.
pub mod syntax;
/// Names and types settled: tree to typed rule.
///
/// Uses language, source, problem, quantity, bound, region, catalogue, value, relation, builtin, syntax.
pub mod resolve;
/// Typed rule to join order, filters pushed to the earliest place.
///
/// Uses source, quantity, bound, catalogue, facts, value, relation, syntax, resolve.
pub mod query;
/// Query over facts to verdicts into a sink.
///
/// Uses language, quantity, bound, catalogue, model, facts, value, relation, syntax, resolve, query.
pub mod eval;
/// Findings, labels, the report and its counts.
///
/// Uses language, source, problem.
pub mod finding;
/// The corridor as one function, read top to bottom; errors and verdicts become findings.
///
/// Uses language, timing, pack, source, problem, quantity, bound, notation, region, catalogue, model, settings, import, facts, value, relation, syntax, resolve, query, eval, finding.
pub mod check;
/// The layout of rule files and plan files: what they say stays as it is.
///
/// Uses language, source, problem, import, syntax.
pub mod format;
/// JSON Schemas of plan files and catalogues, for editors.
///
/// Uses region, import.
pub mod schema;
/// Text of `explain`, `rules`, docs/rules.md and docs/tables.md.
///
/// Uses language, source, problem, region, catalogue, facts, value, relation, builtin, syntax, resolve, query, eval, check, finding.
pub mod manual;
/// The region tree and which plan answers to which: text, DOT, Mermaid.
///
/// Uses language, region, facts.
pub mod graph;
/// What a report says: matrix, evidence, coverage, and what a program needs to check it again.
///
/// Uses language, source, problem, quantity, bound, region, catalogue, model, facts, value, relation, resolve, query, finding, check.
pub mod audit;
/// An output format per file.
///
/// Uses language, timing, source, problem, finding, audit.
pub mod render;
/// The tests that rule files hold, run by the same corridor.
///
/// Uses language, source, problem, quantity, region, catalogue, finding, syntax, check, render.
pub mod ruletest;
