//! A plan file, by a hand scan: the head's keys, then one inline table a line.

use super::figure::{edge, year};
use super::names::Names;
use super::rows::{Plan, Row, length, place};

/// Reads a plan's text; its rows are added to those of other plans under the number that the plan will have.
///
/// `file = (key "=" value)* "indicators" "=" "[" row* "]"`, `row = "{" (key "=" value) % "," "}" ","?` on one line
pub fn scan(text: &[u8], number: u32, names: &Names, rows: &mut Vec<Row>) -> Result<Plan, String> {
    let mut scan = Scan {
        text,
        at: 0,
        line: 1,
    };
    let plan = scan.head(names)?;
    scan.expect(b'[')?;
    loop {
        scan.space();
        match scan.peek() {
            Some(b'{') => rows.push(scan.row(number, names)?),
            Some(b']') => break,
            _ => return Err(scan.wrong()),
        }
        scan.skip(b',');
    }
    scan.at += 1;
    scan.space();
    if scan.peek().is_some() {
        return Err(scan.wrong());
    }
    Ok(plan)
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> Scan<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Blanks and line ends.
    fn space(&mut self) {
        while let Some(byte @ (b' ' | b'\n')) = self.peek() {
            self.line += u32::from(byte == b'\n');
            self.at += 1;
        }
    }

    fn skip(&mut self, byte: u8) -> bool {
        self.space();
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Result<(), String> {
        if self.skip(byte) {
            Ok(())
        } else {
            Err(self.wrong())
        }
    }

    fn wrong(&self) -> String {
        format!("line {}: not as the generator writes it", self.line)
    }

    /// `key = [a-z0-9_]+` with its `=`
    fn key(&mut self) -> Result<&'t [u8], String> {
        let word = self.word();
        self.expect(b'=')?;
        self.space();
        Ok(word)
    }

    fn word(&mut self) -> &'t [u8] {
        self.space();
        let start = self.at;
        while let Some(b'a'..=b'z' | b'0'..=b'9' | b'_') = self.peek() {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// `string = '"' (no quote, no backslash, no line end)* '"'`, and where its text begins
    fn string(&mut self) -> Result<(&'t [u8], usize), String> {
        self.expect(b'"')?;
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | b'\n'))
        {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        self.expect(b'"')?;
        Ok((text, start))
    }

    fn owned(&mut self) -> Result<String, String> {
        let (text, _) = self.string()?;
        String::from_utf8(text.to_vec()).map_err(|_| self.wrong())
    }

    /// Everything before the rows.
    fn head(&mut self, names: &Names) -> Result<Plan, String> {
        let mut plan = Plan {
            id: String::new(),
            region: u32::MAX,
            field: String::new(),
            from: 0,
            to: 0,
        };
        loop {
            match self.key()? {
                b"indicators" => return Ok(plan),
                b"id" => plan.id = self.owned()?,
                b"field" => plan.field = self.owned()?,
                b"region" => {
                    let (code, _) = self.string()?;
                    plan.region = *names.codes.get(code).ok_or_else(|| self.wrong())?;
                }
                b"title" | b"status" => drop(self.string()?),
                b"period" => (plan.from, plan.to) = self.period()?,
                b"format" => drop(self.word()),
                _ => return Err(self.wrong()),
            }
        }
    }

    /// `period = "{" "from" "=" year "," "to" "=" year "}"`
    fn period(&mut self) -> Result<(u16, u16), String> {
        self.expect(b'{')?;
        self.key()?;
        let from = year(self.word())?;
        self.expect(b',')?;
        self.key()?;
        let to = year(self.word())?;
        self.expect(b'}')?;
        Ok((from, to))
    }

    /// `cell = "{" year "=" string "}"`
    fn cell(&mut self) -> Result<(u16, &'t [u8], usize), String> {
        self.expect(b'{')?;
        let year = year(self.key()?)?;
        let (text, at) = self.string()?;
        self.expect(b'}')?;
        Ok((year, text, at))
    }

    fn row(&mut self, plan: u32, names: &Names) -> Result<Row, String> {
        self.expect(b'{')?;
        let line = self.line;
        let (mut id, mut unit, mut nature) = (&b""[..], &b""[..], &b""[..]);
        let (mut baseline, mut target) = ((0, &b""[..], 0), (0, &b""[..], 0));
        loop {
            match self.key()? {
                b"id" => id = self.string()?.0,
                b"unit" => unit = self.string()?.0,
                b"nature" => nature = self.string()?.0,
                b"baseline" => baseline = self.cell()?,
                b"target" => target = self.cell()?,
                b"name" | b"at" => drop(self.string()?),
                b"row" => drop(self.word()),
                _ => return Err(self.wrong()),
            }
            if self.skip(b'}') {
                break;
            }
            self.expect(b',')?;
        }
        let number = *names.ids.get(id).ok_or_else(|| self.wrong())?;
        let indicator = names.indicators.get(usize::from(number));
        let indicator = indicator.filter(|indicator| indicator.unit.as_bytes() == unit);
        let indicator = indicator.ok_or_else(|| self.wrong())?;
        Ok(Row {
            target: edge(target.1, indicator.higher)?,
            baseline: edge(baseline.1, indicator.higher)?,
            plan,
            line,
            target_at: place(target.2)?,
            baseline_at: place(baseline.2)?,
            target_length: length(target.1)?,
            baseline_length: length(baseline.1)?,
            year: target.0,
            indicator: number,
            binding: nature == b"binding",
        })
    }
}
