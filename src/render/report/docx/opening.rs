//! What is read first: the cover, the contents, the summary, the regions, the matrix, the indicators.

use docx_rs::{BreakType, FieldCharType, InstrText, Paragraph, Run, Shading, TableCell};

use super::body::{Body, badge, cell, code, heads, link, run, small, stacked, styled};
use super::look;
use super::{Content, chart};
use crate::audit::{Block, Cell, Indicator, Line, Plan, Standing, State};
use crate::problem::Severity;
use crate::render::report::chapter;
use crate::render::report::words::{Words, sign, tally};

/// How far a region stands in for each above it, and the most that a page has room for.
const STEP: i32 = 340;
const DEEPEST: usize = 8;

pub(super) fn write(body: &mut Body, content: Content) {
    cover(body, content);
    contents(body, content.words);
    summary(body, content);
    tree(body, content);
    body.end_section(false);
    matrix(body, content);
    body.end_section(true);
    indicators(body, content);
}

fn cover(
    body: &mut Body,
    Content {
        audit,
        words,
        is_large,
    }: Content,
) {
    body.text("Title", words.title);
    body.text("Subtitle", words.subject(audit));
    let [plans, _, _, rules] = audit.summary.size;
    let facts = [
        (
            words.date,
            run(&crate::audit::day(audit.date, audit.language)),
        ),
        (
            words.written_by,
            run(&format!("planlint {}", audit.version)),
        ),
        (words.plans, run(&plans.to_string())),
        (words.rules, run(&rules.to_string())),
        (words.inputs, run(&audit.inputs.len().to_string())),
        (words.files_hash, code(&audit.manifest.digest)),
    ];
    for (label, value) in facts {
        body.put(&labelled("Text", label, words).add_run(value));
    }
    if !is_large {
        let head = [
            words.plan,
            words.region,
            words.period,
            words.status,
            words.number,
            words.answers_to,
        ];
        let widths = [2850, 1250, 1250, 1450, 1250, 1588];
        let plans = audit.plans.iter().enumerate();
        let rows = plans.map(|(at, plan)| {
            let above = chapter::superiors(plan, audit);
            vec![
                named(at, plan, words),
                cell([run(&plan.region)]),
                cell([run(&plan.period)]),
                stacked([
                    styled("Cell").add_run(run(&plan.status)),
                    styled("Cell").add_run(small(plan.issued.as_deref().unwrap_or_default())),
                ]),
                cell([run(plan.number.as_deref().unwrap_or_default())]),
                cell([run(&above.join(words.comma()))]),
            ]
        });
        body.table(&widths, heads(head), rows);
    }
}

/// A plan's title, with what has to be said of it.
fn named(at: usize, plan: &Plan, words: &Words) -> TableCell {
    let title = styled("Cell");
    let title = if plan.is_reported {
        title.add_hyperlink(link(&format!("p{at}"), &plan.title))
    } else {
        title.add_run(run(&plan.title))
    };
    let notes = [
        (!plan.is_reported).then_some(words.context),
        plan.partial.then_some(words.partial),
    ];
    let notes = notes.into_iter().flatten();
    let notes = notes.map(|note| styled("Cell").add_run(small(note)));
    stacked(std::iter::once(title).chain(notes))
}

/// A bold label, to have its value behind it.
pub(super) fn labelled(style: &str, label: &str, words: &Words) -> Paragraph {
    let label = format!("{label}{}", words.colon());
    styled(style).add_run(run(&label).bold())
}

/// A field that Word can bring up to date. It has no page numbers: only who lays the pages out knows them.
fn contents(body: &mut Body, words: &Words) {
    body.put(&styled("Contents").add_run(run(words.contents)));
    let field = InstrText::Unsupported("TOC \\o \"1-1\" \\h \\n".to_owned());
    let begin = Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(field)
        .add_field_char(FieldCharType::Separate, false);
    let mut begin = Some(begin);
    for (mark, text) in words.sections() {
        let item = begin
            .take()
            .into_iter()
            .fold(styled("TOC1"), Paragraph::add_run);
        body.put(&item.add_hyperlink(link(mark, text)));
    }
    let end = Run::new().add_field_char(FieldCharType::End, false);
    body.put(&styled("Gap").add_run(end.add_break(BreakType::Page)));
}

/// The mark of a chapter of findings.
pub(super) fn mark_of(chapter: &chapter::Chapter) -> String {
    let place = chapter.plan.map(|(at, _)| at.to_string());
    format!("p{}", place.unwrap_or_else(|| "none".to_owned()))
}

fn summary(body: &mut Body, Content { audit, words, .. }: Content) {
    let summary = &audit.summary;
    body.head(1, "summary", words.summary);
    for paragraph in &summary.paragraphs {
        body.text("Lead", paragraph);
    }
    let Standing {
        errors,
        warnings,
        notes,
        counts,
    } = summary.standing;
    let word = |severity: Severity| words.severity_of(&severity);
    let figures = [
        (Some(State::Error), word(Severity::Error), errors),
        (Some(State::Warning), word(Severity::Warning), warnings),
        (Some(State::Note), word(Severity::Note), notes),
        (Some(State::Holds), words.holds, counts.holds),
        (None, words.violated, counts.violated),
        (
            Some(State::Undetermined),
            words.undecided,
            counts.undetermined,
        ),
        (Some(State::Allowed), words.allowed, counts.allowed),
    ];
    let labels = figures.iter().map(|(_, label, _)| *label);
    let head = heads(labels.chain([words.decided]));
    let mut row: Vec<TableCell> = figures
        .iter()
        .map(|(state, _, count)| figure(*state, &count.to_string()))
        .collect();
    row.push(figure(None, &summary.decided));
    let widths = [1050, 1100, 1050, 1300, 1200, 1538, 1200, 1200];
    body.table(&widths, head, [row]);
    let gravest = summary.gravest.iter();
    let mut gravest = gravest
        .filter_map(|at| audit.entries.get(*at))
        .zip(1..)
        .peekable();
    if gravest.peek().is_some() {
        body.head(3, "", words.gravest);
    }
    for (entry, number) in gravest {
        let mark = format!("f{}", entry.anchor);
        let item = styled("Text").add_run(run(&format!("{number}. ")));
        body.put(&item.add_hyperlink(link(&mark, &entry.message)));
    }
    if summary.more > 0 {
        body.text("About", &words.more_grave(summary.more));
    }
}

/// A number to be seen at once, in its state's colour.
fn figure(state: Option<State>, text: &str) -> TableCell {
    let number = run(text).bold().size(25);
    let number = state.map_or(number.clone(), |state| number.color(look::ink(state)));
    let cell = TableCell::new().add_paragraph(styled("Mark").add_run(number));
    washed(cell, state)
}

fn washed(cell: TableCell, state: Option<State>) -> TableCell {
    match state.and_then(look::wash) {
        Some(wash) => cell.shading(Shading::new().fill(wash)),
        None => cell,
    }
}

fn tree(body: &mut Body, Content { audit, words, .. }: Content) {
    // The summary has its page to itself.
    body.put(&styled("Gap").add_run(Run::new().add_break(BreakType::Page)));
    body.head(1, "tree", words.tree);
    for branch in &audit.regions {
        let depth = i32::try_from(branch.depth.min(DEEPEST)).unwrap_or_default();
        let inside = |paragraph: Paragraph, steps: i32| {
            paragraph.indent(Some(STEP * steps), None, None, None)
        };
        let name = styled("About").add_run(run(&branch.name).bold().color("000000"));
        let name = name.add_run(small(&format!("  {}", branch.code)));
        body.put(&inside(name, depth).keep_next(!branch.plans.is_empty()));
        for (at, plan) in branch
            .plans
            .iter()
            .filter_map(|at| Some((at, audit.plans.get(*at)?)))
        {
            let of = inside(styled("About"), depth + 1);
            if !plan.is_reported {
                let text = format!("{}  {}", words.context, plan.title);
                body.put(&of.add_run(run(&text)));
                continue;
            }
            let state = plan.standing.state();
            let stands = format!("{} {}  ", sign(state), words.standing(plan));
            let of = of.add_run(badge(state, &stands));
            let of = of.add_hyperlink(link(&format!("p{at}"), &plan.title));
            body.put(&of.add_run(run(&format!("  {}", tallied(&plan.standing, words)))));
        }
    }
}

/// How many findings of each severity there are, and how many checks hold and could not be decided.
pub(super) fn tallied(of: &Standing, words: &Words) -> String {
    let counts = tally(of).map(|(state, count)| format!("{} {count}", words.state(&state)));
    counts.collect::<Vec<_>>().join(" · ")
}

fn matrix(body: &mut Body, content: Content) {
    let Content { audit, words, .. } = content;
    body.head(1, "matrix", words.matrix);
    body.text("Text", words.matrix_signs);
    let legend = State::ALL
        .into_iter()
        .fold(styled("Text"), |legend, state| {
            let text = format!("{} {}    ", sign(state), words.state(&state));
            legend.add_run(badge(state, &text))
        });
    body.put(&legend);
    for block in &audit.matrix {
        if !block.title.is_empty() {
            body.head(2, "", &block.title);
        }
        matrix_block(body, block, content);
    }
}

fn matrix_block(
    body: &mut Body,
    block: &Block,
    Content {
        audit,
        words,
        is_large,
    }: Content,
) {
    let plans = block.plans.iter().filter_map(|at| audit.plans.get(*at));
    let head = plans.map(|plan| {
        stacked([
            styled("Mark").add_run(run(&plan.region).bold()),
            styled("Mark").add_run(small(&plan.period)),
        ])
    });
    let first = heads([words.indicator]);
    let head: Vec<TableCell> = first.into_iter().chain(head).collect();
    let name = look::WIDE / 5;
    let width = (look::WIDE - name) / block.plans.len().max(1);
    let mut widths = vec![width.min(1800); head.len()];
    if let Some(first) = widths.first_mut() {
        *first = name;
    }
    let rows = block.rows.iter().map(|row| {
        let name = audit.indicators.get(row.indicator);
        let name = name.map_or("", |of| of.name.as_str());
        let name = if is_large {
            styled("Cell").add_run(run(name))
        } else {
            styled("Cell").add_hyperlink(link(&format!("i{}", row.indicator), name))
        };
        let name = TableCell::new().add_paragraph(name);
        let cells = row.cells.iter().map(|cell| matrix_cell(cell, is_large));
        std::iter::once(name).chain(cells).collect()
    });
    body.table(&widths, head, rows);
}

fn matrix_cell(of: &Cell, is_large: bool) -> TableCell {
    let text = match of.anchor {
        Some(_) if of.count > 1 => format!("{} {}", sign(of.state), of.count),
        _ => sign(of.state).to_owned(),
    };
    // The colour is the style's: a nation's plans have a hundred thousand cells.
    let mark = styled(look::mark(of.state));
    let said = run(&text);
    let mark = match &of.anchor {
        Some(anchor) if !is_large => {
            let mut to = link(&format!("f{anchor}"), "");
            to.children.clear();
            mark.add_hyperlink(to.add_run(said))
        }
        _ => mark.add_run(said),
    };
    washed(TableCell::new().add_paragraph(mark), Some(of.state))
}

fn indicators(body: &mut Body, Content { audit, words, .. }: Content) {
    body.head(1, "indicators", words.indicators);
    body.text("Text", words.charts_how);
    for (at, indicator) in audit.indicators.iter().enumerate() {
        one_indicator(body, at, indicator, words);
    }
}

fn one_indicator(body: &mut Body, at: usize, indicator: &Indicator, words: &Words) {
    body.head(2, &format!("i{at}"), &indicator.name);
    let unit = format!(
        "{}{}{} · {}",
        words.unit,
        words.colon(),
        indicator.unit,
        indicator.better
    );
    for about in std::iter::once(&unit).chain(&indicator.definition) {
        body.put(&styled("About").add_run(run(about)).keep_next(true));
    }
    let ticks = indicator.axis.iter().flat_map(|axis| &axis.ticks);
    let ticks: Vec<&str> = ticks.map(|(_, text)| text.as_str()).collect();
    let chart = format!("{} {}", words.chart, ticks.join(" · "));
    let head = [
        words.region,
        words.baseline,
        words.target,
        words.read_as,
        words.nature,
        chart.trim_end(),
        words.standing,
    ];
    let widths = [1450, 1250, 1150, 1350, 788, 2850, 800];
    let mut rows = Vec::with_capacity(indicator.lines.len());
    for line in &indicator.lines {
        let axis = indicator.axis.as_ref();
        let picture = axis.and_then(|axis| chart::picture(line, axis, body.next_picture()));
        let picture = picture.map(|picture| body.picture(picture));
        rows.push(line_cells(line, picture, words));
    }
    body.table(&widths, heads(head), rows);
    if indicator.left_out > 0 {
        body.text(
            "About",
            &format!("{} {}", words.rows_left_out, indicator.left_out),
        );
    }
}

fn line_cells(line: &Line, picture: Option<Run>, words: &Words) -> Vec<TableCell> {
    let with_year = |text: &str, year: i32| cell([run(text), small(&format!("  {year}"))]);
    let said = |of: Option<&(String, i32)>| {
        of.map_or_else(|| cell([]), |(printed, year)| with_year(printed, *year))
    };
    let baseline = line.baseline.as_ref();
    let stands = match line.state {
        Some(state) => badge(state, &format!("{} {}", sign(state), words.state(&state))),
        None => small(words.context),
    };
    vec![
        cell([run(&line.region), small(&format!("  {}", line.level))]),
        said(baseline),
        said(line.target.as_ref()),
        cell([run(&line.read)]),
        cell([run(line.nature.as_deref().unwrap_or_default())]),
        cell(picture),
        washed(cell([stands]), line.state),
    ]
}
