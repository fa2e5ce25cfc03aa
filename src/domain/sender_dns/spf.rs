//! SPF (RFC 7208): which servers send for a domain.

use std::collections::VecDeque;
use std::net::IpAddr;

use super::{Flaw, Outcome};

/// Terms that need a lookup, in all records together (RFC 7208 section 4.6.4).
const MOST_LOOKUPS: usize = 10;

/// The record of a domain among its TXT records: none, or the only one, or that there are several.
pub fn record(texts: &[String]) -> Option<Result<&str, Flaw>> {
    let is_spf = |text: &&String| {
        let (version, _) = text.split_once(' ').unwrap_or((text, ""));
        version.eq_ignore_ascii_case("v=spf1")
    };
    let mut records = texts.iter().filter(is_spf);
    let first = records.next()?;
    Some(match records.next() {
        None => Ok(first),
        Some(_) => Err(Flaw::Several),
    })
}

/// A record to begin with: these hosts send, others probably not. Without a host those that receive
/// mail for the domain.
pub fn proposal<'a>(hosts: impl Iterator<Item = &'a str>) -> String {
    let mut terms: Vec<_> = hosts
        .map(|host| match host.parse() {
            Ok(IpAddr::V4(address)) => format!("ip4:{address}"),
            Ok(IpAddr::V6(address)) => format!("ip6:{address}"),
            Err(_) => format!("a:{host}"),
        })
        .collect();
    terms.sort();
    terms.dedup();
    if terms.is_empty() {
        terms.push("mx".to_owned());
    }
    format!("v=spf1 {} ~all", terms.join(" "))
}

/// Reading a record with those that it includes: ask for [`Walk::next`] and give the answer to
/// [`Walk::take`] until there is nothing more to ask.
#[derive(Debug)]
pub struct Walk {
    record: String,
    /// Domains whose records are still to be read.
    open: VecDeque<(String, Part)>,
    lookups: usize,
    /// What the record says about servers that it does not name.
    others: Option<char>,
    flaw: Option<Flaw>,
}

/// How a record belongs to the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It is the first, or stands in its place.
    Whole,
    /// Whoever passes there passes here.
    Included,
}

impl Walk {
    /// Begins with the record of the domain itself.
    pub fn new(record: &str) -> Self {
        let mut walk = Self {
            record: record.to_owned(),
            open: VecDeque::new(),
            lookups: 0,
            others: None,
            flaw: None,
        };
        walk.read(record, Part::Whole);
        walk
    }

    /// The domain whose TXT records are wanted next.
    pub fn next(&self) -> Option<&str> {
        let (domain, _) = self.open.front().filter(|_| self.flaw.is_none())?;
        Some(domain)
    }

    /// Takes the TXT records of that domain.
    pub fn take(&mut self, texts: &[String]) {
        let Some((domain, part)) = self.open.pop_front() else {
            return;
        };
        match record(texts) {
            Some(Ok(record)) => self.read(record, part),
            Some(Err(_)) | None => self.fail(Flaw::IncludesNothing { domain }),
        }
    }

    /// What is to be said of the record.
    pub fn outcome(self) -> Outcome {
        let record = self.record;
        let flaw = self.flaw.or(match self.others {
            Some('+') => Some(Flaw::AllowsEverybody),
            Some('-' | '~') => None,
            _ => Some(Flaw::AllowsUnknown),
        });
        match flaw {
            Some(flaw) => Outcome::Weak { record, flaw },
            None => Outcome::Fine {
                record,
                watches: false,
            },
        }
    }

    fn fail(&mut self, flaw: Flaw) {
        self.flaw.get_or_insert(flaw);
    }

    fn read(&mut self, record: &str, part: Part) {
        let terms = || record.split_ascii_whitespace().skip(1);
        let mut redirect = None;
        for term in terms() {
            match term.split_once('=') {
                Some((name, domain)) if name.eq_ignore_ascii_case("redirect") => {
                    redirect = Some(domain);
                }
                // Other modifiers change nothing.
                Some((name, _)) if is_name(name) => {}
                _ => {
                    if self.mechanism(term, part) {
                        return;
                    }
                }
            }
        }
        if let Some(domain) = redirect {
            self.ask(domain, part);
        }
    }

    /// Reads one mechanism; returns whether it is the last one that counts.
    fn mechanism(&mut self, term: &str, part: Part) -> bool {
        let qualifier = term.chars().next().filter(|sign| "+-~?".contains(*sign));
        let rest = term.trim_start_matches(['+', '-', '~', '?']);
        let qualifier = qualifier.unwrap_or('+');
        let end = rest.find([':', '/']).unwrap_or(rest.len());
        let (name, argument) = rest.split_at(end);
        let argument = argument.strip_prefix(':').unwrap_or(argument);
        match name.to_ascii_lowercase().as_str() {
            "all" => {
                match part {
                    Part::Whole => self.others = Some(qualifier),
                    Part::Included if qualifier == '+' => self.fail(Flaw::AllowsEverybody),
                    Part::Included => {}
                }
                return true;
            }
            "include" if qualifier == '+' => self.ask(argument, Part::Included),
            "include" | "a" | "mx" | "ptr" | "exists" => self.count(),
            "ip4" | "ip6" if argument.ends_with("/0") && qualifier == '+' => {
                self.fail(Flaw::AllowsEverybody);
            }
            "ip4" | "ip6" => {}
            _ => {
                let part = term.chars().take(80).collect();
                self.fail(Flaw::Unreadable { part });
            }
        }
        false
    }

    fn ask(&mut self, domain: &str, part: Part) {
        self.count();
        // What a macro becomes is only known with a mail.
        if !domain.contains('%') {
            self.open.push_back((domain.to_owned(), part));
        }
    }

    fn count(&mut self) {
        self.lookups += 1;
        if self.lookups > MOST_LOOKUPS {
            self.fail(Flaw::TooManyLookups);
        }
    }
}

fn is_name(text: &str) -> bool {
    let mut signs = text.chars();
    let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && signs.all(is_rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a record in a world of these others.
    fn judge(record: &str, others: &[(&str, &str)]) -> Option<Flaw> {
        let mut walk = Walk::new(record);
        while let Some(domain) = walk.next() {
            let texts: Vec<_> = others
                .iter()
                .filter(|(name, _)| *name == domain)
                .map(|(_, text)| (*text).to_owned())
                .collect();
            walk.take(&texts);
        }
        match walk.outcome() {
            Outcome::Weak { flaw, .. } => Some(flaw),
            _ => None,
        }
    }

    #[test]
    fn the_end_of_a_record_decides() {
        for fine in [
            "v=spf1 mx -all",
            "v=spf1 a:relay.example.org/28 ip6:2001:db8::/32 ~all",
            "V=SPF1 MX -ALL exp=why.example.org",
            "v=spf1 -all and what follows",
        ] {
            assert_eq!(judge(fine, &[]), None, "{fine}");
        }
        for (record, flaw) in [
            ("v=spf1 mx +all", Flaw::AllowsEverybody),
            ("v=spf1 all", Flaw::AllowsEverybody),
            ("v=spf1 ip4:0.0.0.0/0 -all", Flaw::AllowsEverybody),
            ("v=spf1 mx ?all", Flaw::AllowsUnknown),
            ("v=spf1 mx", Flaw::AllowsUnknown),
            (
                "v=spf1 ipv4:1.2.3.4 -all",
                Flaw::Unreadable {
                    part: "ipv4:1.2.3.4".to_owned(),
                },
            ),
        ] {
            assert_eq!(judge(record, &[]), Some(flaw), "{record}");
        }
    }

    #[test]
    fn included_records_are_read_too() {
        let record = "v=spf1 include:_spf.provider.example -all";
        let provider = |text| judge(record, &[("_spf.provider.example", text)]);
        assert_eq!(provider("v=spf1 ip4:192.0.2.1 ?all"), None);
        assert_eq!(provider("v=spf1 +all"), Some(Flaw::AllowsEverybody));
        let domain = "_spf.provider.example".to_owned();
        assert_eq!(
            provider("something"),
            Some(Flaw::IncludesNothing { domain })
        );
        let redirect = "v=spf1 redirect=_spf.provider.example";
        assert_eq!(
            judge(redirect, &[("_spf.provider.example", "v=spf1 mx -all")]),
            None
        );
    }

    #[test]
    fn lookups_are_counted_and_end() {
        let ten = "v=spf1 a mx ptr exists:x.example a:b mx:c a:d a:e a:f a:g -all";
        assert_eq!(judge(ten, &[]), None);
        let eleven = ten.replace("-all", "a:h -all");
        assert_eq!(judge(&eleven, &[]), Some(Flaw::TooManyLookups));
        let itself = "v=spf1 include:loop.example -all";
        let others = [("loop.example", itself)];
        assert_eq!(judge(itself, &others), Some(Flaw::TooManyLookups));
        assert_eq!(judge("v=spf1 include:%{i}._spf.example -all", &[]), None);
    }

    #[test]
    fn several_records_are_no_record() {
        let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(record(&texts(&["v=spf10", "google-site=1"])), None);
        let one = texts(&["x", "v=spf1 -all"]);
        assert_eq!(record(&one), Some(Ok("v=spf1 -all")));
        let two = texts(&["v=spf1 -all", "v=spf1 mx -all"]);
        assert_eq!(record(&two), Some(Err(Flaw::Several)));
    }

    #[test]
    fn a_proposal_names_what_sends() {
        let hosts = ["relay.example.org", "192.0.2.1", "2001:db8::1", "192.0.2.1"];
        assert_eq!(
            proposal(hosts.into_iter()),
            "v=spf1 a:relay.example.org ip4:192.0.2.1 ip6:2001:db8::1 ~all"
        );
        assert_eq!(proposal(std::iter::empty()), "v=spf1 mx ~all");
    }
}
