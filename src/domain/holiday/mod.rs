//! Public holidays of the German Länder, the Netherlands and Belgium.
//!
//! They are computed: fixed days, days counted from Easter, and the few that one law made once. No
//! crate for Rust knew the Länder and was kept up to date, and the rules change once in a decade. A
//! test compares every region and year from 2024 to 2030 with published dates.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::named::named_enum;

named_enum! {
    /// Whose holidays count.
    pub enum Region ("region") {
        /// Baden-Württemberg.
        BadenWuerttemberg = "de-bw",
        /// Bavaria; Assumption is a holiday of most, not all, of its towns: an own day.
        Bavaria = "de-by",
        /// Berlin.
        Berlin = "de-be",
        /// Brandenburg.
        Brandenburg = "de-bb",
        /// Bremen.
        Bremen = "de-hb",
        /// Hamburg.
        Hamburg = "de-hh",
        /// Hesse.
        Hesse = "de-he",
        /// Mecklenburg-Western Pomerania.
        MecklenburgVorpommern = "de-mv",
        /// Lower Saxony.
        LowerSaxony = "de-ni",
        /// North Rhine-Westphalia.
        NorthRhineWestphalia = "de-nw",
        /// Rhineland-Palatinate.
        RhinelandPalatinate = "de-rp",
        /// Saarland.
        Saarland = "de-sl",
        /// Saxony.
        Saxony = "de-sn",
        /// Saxony-Anhalt.
        SaxonyAnhalt = "de-st",
        /// Schleswig-Holstein.
        SchleswigHolstein = "de-sh",
        /// Thuringia.
        Thuringia = "de-th",
        /// Belgium.
        Belgium = "be",
        /// The Netherlands.
        Netherlands = "nl",
    }
}

named_enum! {
    /// A holiday, by its name in our wording.
    pub enum Holiday ("holiday") {
        /// 1 January.
        NewYear = "new-year",
        /// 6 January.
        Epiphany = "epiphany",
        /// 8 March.
        WomensDay = "womens-day",
        /// The Friday before Easter.
        GoodFriday = "good-friday",
        /// Easter Sunday.
        EasterSunday = "easter-sunday",
        /// The day after it.
        EasterMonday = "easter-monday",
        /// The Netherlands, 27 April, or the day before where that is a Sunday.
        KingsDay = "kings-day",
        /// 1 May.
        LabourDay = "labour-day",
        /// The Netherlands, 5 May, every five years.
        LiberationDay = "liberation-day",
        /// Berlin, 8 May 2025.
        EndOfWar = "end-of-war",
        /// 39 days after Easter.
        Ascension = "ascension",
        /// 49 days after Easter.
        WhitSunday = "whit-sunday",
        /// 50 days after Easter.
        WhitMonday = "whit-monday",
        /// 60 days after Easter.
        CorpusChristi = "corpus-christi",
        /// Berlin, 17 June 2028.
        Uprising = "uprising",
        /// Belgium, 21 July.
        BelgianNationalDay = "belgian-national-day",
        /// 15 August.
        Assumption = "assumption",
        /// Thuringia, 20 September.
        ChildrensDay = "childrens-day",
        /// 3 October.
        GermanUnity = "german-unity",
        /// 31 October.
        Reformation = "reformation",
        /// 1 November.
        AllSaints = "all-saints",
        /// Belgium, 11 November.
        Armistice = "armistice",
        /// Saxony, the Wednesday before 23 November.
        Repentance = "repentance",
        /// 24 December: no holiday by law, but offices are closed.
        ChristmasEve = "christmas-eve",
        /// 25 December.
        Christmas = "christmas",
        /// 26 December.
        BoxingDay = "boxing-day",
        /// 31 December: as the 24th.
        NewYearsEve = "new-years-eve",
    }
}

impl Region {
    /// The public holiday on this day, if it is one here.
    pub fn holiday(self, day: NaiveDate) -> Option<Holiday> {
        let here = |holiday: &Holiday| self.keeps(*holiday);
        fixed(day)
            .filter(here)
            .or_else(|| from_easter(day).filter(here))
    }

    /// Whether a holiday is one here.
    const fn keeps(self, holiday: Holiday) -> bool {
        use Holiday as H;
        use Region as R;
        let german = !matches!(self, R::Belgium | R::Netherlands);
        match holiday {
            H::NewYear
            | H::EasterSunday
            | H::EasterMonday
            | H::Ascension
            | H::WhitSunday
            | H::WhitMonday
            | H::Christmas => true,
            H::Epiphany => matches!(self, R::BadenWuerttemberg | R::Bavaria | R::SaxonyAnhalt),
            H::WomensDay => matches!(self, R::Berlin | R::MecklenburgVorpommern),
            H::GoodFriday | H::BoxingDay => !matches!(self, R::Belgium),
            H::KingsDay | H::LiberationDay => matches!(self, R::Netherlands),
            H::LabourDay => !matches!(self, R::Netherlands),
            H::EndOfWar | H::Uprising => matches!(self, R::Berlin),
            H::CorpusChristi => matches!(
                self,
                R::BadenWuerttemberg
                    | R::Bavaria
                    | R::Hesse
                    | R::NorthRhineWestphalia
                    | R::RhinelandPalatinate
                    | R::Saarland
            ),
            H::BelgianNationalDay | H::Armistice => matches!(self, R::Belgium),
            H::Assumption => matches!(self, R::Belgium | R::Saarland),
            H::ChildrensDay => matches!(self, R::Thuringia),
            H::GermanUnity => german,
            H::Reformation => matches!(
                self,
                R::Brandenburg
                    | R::Bremen
                    | R::Hamburg
                    | R::LowerSaxony
                    | R::MecklenburgVorpommern
                    | R::Saxony
                    | R::SaxonyAnhalt
                    | R::SchleswigHolstein
                    | R::Thuringia
            ),
            H::AllSaints => matches!(
                self,
                R::BadenWuerttemberg
                    | R::Bavaria
                    | R::Belgium
                    | R::NorthRhineWestphalia
                    | R::RhinelandPalatinate
                    | R::Saarland
            ),
            H::Repentance => matches!(self, R::Saxony),
            H::ChristmasEve | H::NewYearsEve => false,
        }
    }
}

/// 24 and 31 December, on which offices are closed.
pub fn eve(day: NaiveDate) -> Option<Holiday> {
    match (day.month(), day.day()) {
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    }
}

/// A holiday that its date makes one, somewhere.
fn fixed(day: NaiveDate) -> Option<Holiday> {
    use Holiday as H;
    let (year, weekday) = (day.year(), day.weekday());
    Some(match (day.month(), day.day()) {
        (1, 1) => H::NewYear,
        (1, 6) => H::Epiphany,
        (3, 8) => H::WomensDay,
        (4, 26) if weekday == Weekday::Sat => H::KingsDay,
        (4, 27) if weekday != Weekday::Sun => H::KingsDay,
        (5, 1) => H::LabourDay,
        (5, 5) if year % 5 == 0 => H::LiberationDay,
        (5, 8) if year == 2025 => H::EndOfWar,
        (6, 17) if year == 2028 => H::Uprising,
        (7, 21) => H::BelgianNationalDay,
        (8, 15) => H::Assumption,
        (9, 20) => H::ChildrensDay,
        (10, 3) => H::GermanUnity,
        (10, 31) => H::Reformation,
        (11, 1) => H::AllSaints,
        (11, 11) => H::Armistice,
        (11, 16..=22) if weekday == Weekday::Wed => H::Repentance,
        (12, 25) => H::Christmas,
        (12, 26) => H::BoxingDay,
        _ => return None,
    })
}

/// A holiday that its distance from Easter makes one, somewhere.
fn from_easter(day: NaiveDate) -> Option<Holiday> {
    Some(match (day - easter(day.year())?).num_days() {
        -2 => Holiday::GoodFriday,
        0 => Holiday::EasterSunday,
        1 => Holiday::EasterMonday,
        39 => Holiday::Ascension,
        49 => Holiday::WhitSunday,
        50 => Holiday::WhitMonday,
        60 => Holiday::CorpusChristi,
        _ => return None,
    })
}

/// Easter Sunday, by the rule of Gauss as Lichtenberg completed it (1997): a day of March, counted
/// on into April.
fn easter(year: i32) -> Option<NaiveDate> {
    let century = year / 100;
    let secular = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
    let sun = 2 - (3 * century + 3) / 4;
    let golden = year % 19;
    let seed = (19 * golden + secular) % 30;
    let correction = (seed + golden / 11) / 29;
    let border = 21 + seed - correction;
    let first_sunday = 7 - (year + year / 4 + sun).rem_euclid(7);
    let distance = 7 - (border - first_sunday).rem_euclid(7);
    let days = u64::try_from(border + distance - 1).ok()?;
    NaiveDate::from_ymd_opt(year, 3, 1)?.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line for each region and year, from the Python library `holidays` 0.108 (November 2026),
    /// which follows the laws; without Easter Sunday and Whit Sunday, which only some laws name.
    const PUBLISHED: &str = include_str!("published.txt");

    fn of_year(region: Region, year: i32) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        let unnamed = [Holiday::EasterSunday, Holiday::WhitSunday];
        first
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| {
                region
                    .holiday(*day)
                    .is_some_and(|one| !unnamed.contains(&one))
            })
            .collect()
    }

    #[test]
    fn computed_holidays_are_the_published_ones() {
        let mut lines = 0;
        for line in PUBLISHED.lines() {
            let mut words = line.split(' ');
            let region: Region = words.next().and_then(|one| one.parse().ok()).expect(line);
            let year: i32 = words.next().and_then(|one| one.parse().ok()).expect(line);
            let published: Vec<&str> = words.collect();
            let computed: Vec<String> = of_year(region, year)
                .iter()
                .map(|day| day.format("%m-%d").to_string())
                .collect();
            assert_eq!(computed, published, "{region} {year}");
            lines += 1;
        }
        assert_eq!(lines, Region::ALL.len() * 7);
    }

    /// From the tables of the Physikalisch-Technische Bundesanstalt: the earliest, the latest, and
    /// those for which the rule needs its two corrections (1954, 1981, 2049, 2076).
    #[test]
    fn easter_is_where_the_tables_have_it() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day));
        }
    }
}
