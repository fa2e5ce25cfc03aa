//! The figures of an issue: what changes while it is sent. The page shows them, and the stream of
//! events sends them again, part by part.

use chrono::TimeDelta;
use maud::{Markup, html};

use super::view::{DomainView, FiguresView, OverTimeView, RelayView};
use super::words::{clock, moment, rate, share};
use crate::locale::Locale;
use crate::plot::{PlotView, Series, Step};
use crate::{plot, reason};

/// A part of the page that is written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LivePart {
    /// Progress and totals.
    Figures,
    /// What was answered for each domain.
    Domains,
    /// Answers over time.
    Plot,
}

impl LivePart {
    const ALL: [Self; 3] = [Self::Figures, Self::Domains, Self::Plot];

    const fn id(self) -> &'static str {
        match self {
            Self::Figures => "live-figures",
            Self::Domains => "live-domains",
            Self::Plot => "live-plot",
        }
    }
}

/// The parts one after another, as the stream sends them.
pub fn fragment(t: Locale, view: &FiguresView) -> Markup {
    html! { @for part in LivePart::ALL { (live(t, view, part)) } }
}

/// One part.
pub(super) fn live(t: Locale, view: &FiguresView, part: LivePart) -> Markup {
    html! {
        div id=(part.id()) class="stack" {
            @match part {
                LivePart::Figures => { (figures(t, view)) }
                LivePart::Domains => { (domains(t, view)) (relays(t, &view.relays)) }
                LivePart::Plot => { (over_time(t, view)) }
            }
        }
    }
}

fn figures(t: Locale, view: &FiguresView) -> Markup {
    html! {
        section aria-labelledby="sending-progress" {
            h2 id="sending-progress" {
                (t.fill("watch-progress", [
                    ("sent", t.number(view.sent).into()),
                    ("recipients", t.number(view.recipients).into()),
                ]))
            }
            (bar(t, view))
            p class="small muted" { (outlook(t, view)) }
        }
        (totals(t, view))
    }
}

/// The shares of all recipients as a bar; the words are those of the totals below.
fn bar(t: Locale, view: &FiguresView) -> Markup {
    let parts = [
        ("done", view.sent),
        ("later", view.deferred),
        ("lost", view.failed + view.uncertain),
    ];
    let mut from = 0.0;
    let label = t.fill(
        "watch-bar",
        [
            ("sent", share(t, view.sent, view.recipients).into()),
            ("deferred", share(t, view.deferred, view.recipients).into()),
            (
                "failed",
                share(t, view.failed + view.uncertain, view.recipients).into(),
            ),
        ],
    );
    html! {
        svg class="progress" width="100%" height="18" role="img" aria-label=(label) {
            @for (class, count) in parts {
                @let width = percent(count, view.recipients);
                @if width > 0.0 {
                    rect class=(class) x={ (format!("{from:.2}")) "%" } width={ (format!("{width:.2}")) "%" } height="18" {}
                }
                @let () = from += width;
            }
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a pixel more or less is not seen"
)]
fn percent(part: i64, whole: i64) -> f64 {
    if whole <= 0 {
        return 0.0;
    }
    (part.max(0) as f64 / whole as f64 * 100.0).min(100.0)
}

/// How fast it is and when it may end.
fn outlook(t: Locale, view: &FiguresView) -> String {
    let mut parts = Vec::new();
    if let Some(until) = view.quiet_until {
        let until = moment(t, until, view.at);
        parts.push(t.fill("watch-quiet", [("until", until.into())]));
    } else if let Some(seconds) = view.ends_in {
        let rounded = if seconds > 120 {
            seconds / 60 * 60
        } else {
            seconds
        };
        let span = reason::span(t, rounded.max(1));
        parts.push(t.fill("watch-ends-in", [("span", span.into())]));
    }
    if view.rate > 0.0 {
        let rate = rate(t, view.rate);
        parts.push(t.fill("watch-rate", [("rate", rate.into())]));
    }
    let at = clock(t, view.at.time());
    parts.push(t.fill("watch-as-of", [("at", at.into())]));
    parts.join(" · ")
}

fn totals(t: Locale, view: &FiguresView) -> Markup {
    let next = view.next_attempt.map(|at| {
        let at = moment(t, at, view.at);
        t.fill("watch-next-attempt", [("at", at.into())])
    });
    let always = [
        ("watch-sent", view.sent, None),
        ("watch-waiting", view.waiting, None),
        ("watch-deferred", view.deferred, next),
        ("watch-failed", view.failed, None),
    ];
    let sometimes = [
        ("watch-uncertain", view.uncertain, None),
        ("watch-left", view.left, None),
        ("watch-cancelled", view.cancelled, None),
    ];
    html! {
        dl class="figures" {
            @for (key, count, more) in always.into_iter().chain(sometimes.into_iter().filter(|(_, count, _)| *count > 0)) {
                div {
                    dt { (t.say(key)) }
                    dd { (t.number(count)) @if let Some(more) = more { " " small { (more) } } }
                }
            }
        }
    }
}

fn domains(t: Locale, view: &FiguresView) -> Markup {
    html! {
        section aria-labelledby="sending-domains" {
            h2 id="sending-domains" { (t.say("watch-domains")) }
            @if view.domains.is_empty() {
                p class="muted" { (t.say("watch-domains-none")) }
            } @else {
                (domain_table(t, view.domains.iter().map(|one| (one, None))))
                p class="small muted" {
                    @if let Some(among) = view.among {
                        (t.fill("watch-among", [("count", t.number(among).into())])) " "
                    }
                    (t.say("watch-few"))
                }
            }
        }
    }
}

/// What was answered for each domain; with a page about it where there is one.
pub(crate) fn domain_table<'a>(
    t: Locale,
    rows: impl Iterator<Item = (&'a DomainView, Option<&'a str>)>,
) -> Markup {
    let heads = [
        t.say("watch-sent"),
        t.say("watch-deferred"),
        t.say("watch-failed"),
    ];
    let said = t.say("watch-said");
    let rows: Vec<_> = rows.collect();
    let is_alone = rows.len() == 1;
    html! {
        table class="lists" {
            thead {
                tr {
                    th scope="col" { (t.say("watch-domain")) }
                    @for head in &heads { th scope="col" class="num" { (head) } }
                    th scope="col" { (said) }
                }
            }
            tbody { @for (one, url) in rows { (domain(t, one, url, is_alone, (&heads, &said))) } }
        }
    }
}

fn domain(
    t: Locale,
    view: &DomainView,
    url: Option<&str>,
    is_alone: bool,
    (heads, said): (&[String; 3], &str),
) -> Markup {
    let numbers = [view.sent, view.deferred, view.failed];
    let name = view.domain.clone().unwrap_or_else(|| {
        t.fill(
            if is_alone {
                "watch-all-together"
            } else {
                "watch-other-domains"
            },
            [
                ("count", view.domains.into()),
                ("number", t.number(view.domains).into()),
            ],
        )
    });
    html! {
        tr {
            th scope="row" {
                @match url {
                    Some(url) => { a href=(url) { (name) } }
                    None => (name),
                }
            }
            @for (head, number) in heads.iter().zip(numbers) {
                td class="num" data-label=(head) data-l=(head) { (t.number(number)) }
            }
            td data-label=(said) data-l=(said) { @if let Some(words) = &view.said { small { (words) } } }
        }
    }
}

/// Where there is one relay, a sentence; where there are several, how much each took.
fn relays(t: Locale, relays: &[RelayView]) -> Markup {
    html! {
        @match relays {
            [] => {}
            [only] => { p class="small muted" { (t.fill("watch-relay", [("relay", only.name.as_str().into())])) } }
            several => {
                section aria-labelledby="sending-relays" {
                    h2 id="sending-relays" { (t.say("watch-relays")) }
                    ul class="plain-list" {
                        @for relay in several {
                            li {
                                (t.fill("watch-relay-took", [
                                    ("relay", relay.name.as_str().into()),
                                    ("sent", t.number(relay.sent).into()),
                                    ("refused", t.number(relay.refused).into()),
                                ]))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn over_time(t: Locale, view: &FiguresView) -> Markup {
    html! {
        @if let Some(over) = view.over_time.as_ref().filter(|over| !over.sent.is_empty()) {
            section aria-labelledby="sending-over-time" {
                h2 id="sending-over-time" { (t.say("watch-over-time")) }
                (plot::plot(t, &plot_of(t, over)))
            }
        }
    }
}

fn plot_of(t: Locale, over: &OverTimeView) -> PlotView {
    let last = over.sent.len() - 1;
    let begins = |at: usize| {
        let seconds = over.span.saturating_mul(u64::try_from(at).unwrap_or(0));
        let span = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0));
        over.from.checked_add_signed(span).unwrap_or(over.from)
    };
    let days = begins(last).date() != over.from.date();
    let name = |at: usize| match begins(at) {
        begin if days => t.short_moment(begin),
        begin => clock(t, begin.time()),
    };
    let steps = (0..=last).map(|at| Step {
        name: name(at),
        tick: (at == 0 || at == last).then(|| name(at)),
    });
    let series = |key: &str, values: &[i64]| Series {
        name: t.say(key),
        values: values.to_vec(),
    };
    let span = reason::span(t, over.span);
    let title = t.fill("watch-plot-title", [("span", span.into())]);
    PlotView {
        id: "answers".to_owned(),
        caption: format!("{title}. {}", t.say("watch-plot-caption")),
        title,
        step_name: t.say("watch-plot-step"),
        steps: steps.collect(),
        curves: Vec::new(),
        bars: vec![
            series("watch-sent", &over.sent),
            series("watch-refused", &over.refused),
        ],
    }
}
