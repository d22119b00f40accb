//! The table of regions of a test.

use super::written::Written;
use crate::region::Level;
use crate::source::{Span, Spanned};
use crate::syntax::TestRegion;

const NATION: &str = "000000";

/// The table of the regions that a test names, below a nation of their own where they name none.
pub(super) fn regions(regions: &[TestRegion], whole: Span) -> Written {
    let mut table = Table {
        written: Written::new("plans/regions.csv".to_owned(), whole),
        last: 100_000,
    };
    table.written.add("code,name,level,parent\n");
    let is_nation = |region: &TestRegion| Level::parse(&region.level.value) == Some(Level::Nation);
    if regions.iter().any(is_nation) {
        table.rows(regions, "");
    } else {
        table.written.add("000000,中华人民共和国,nation,\n");
        table.rows(regions, NATION);
    }
    table.written
}

struct Table {
    written: Written,
    last: u32,
}

impl Table {
    fn rows(&mut self, regions: &[TestRegion], parent: &str) {
        for region in regions {
            let code = self.code(&region.level);
            self.written.add(&format!("{code},"));
            self.written.piece(&region.name);
            self.written.add(",");
            self.written.piece(&region.level);
            self.written.add(&format!(",{parent}\n"));
            self.rows(&region.children, &code);
        }
    }

    /// The next free code, as long as codes of the level are.
    fn code(&mut self, level: &Spanned<String>) -> String {
        self.last += 1;
        let longer = match Level::parse(&level.value) {
            Some(Level::Nation) => return NATION.to_owned(),
            Some(Level::Township) => "000",
            Some(Level::Village) => "000000",
            _ => "",
        };
        format!("{}{longer}", self.last)
    }
}
