//! Newsletters and topics as the pages show them.

use templates::{NewsletterChoice, Rhythm, RhythmDays, TopicChoice};

use crate::app::subscriptions::{Catalogue, Wishes};
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::schedule::CronLine;
use crate::domain::topic::TopicSet;

/// A newsletter as a form shows it.
pub(super) fn choice(
    catalogue: &Catalogue,
    newsletter: &Newsletter,
    language: Language,
    chosen: Option<TopicSet>,
) -> NewsletterChoice {
    let text = newsletter.settings.text(language);
    let topics = catalogue.carried(newsletter).map(|topic| TopicChoice {
        key: topic.key.clone(),
        name: topic.name(language).to_owned(),
        chosen: chosen.is_some_and(|chosen| chosen.contains(topic.bit)),
    });
    NewsletterChoice {
        key: newsletter.settings.key.clone(),
        name: text.name.clone(),
        description: text.description.clone(),
        rhythm: rhythm(newsletter),
        chosen: chosen.is_some(),
        topics: topics.collect(),
    }
}

/// What was chosen, in words.
pub(super) fn named(
    catalogue: &Catalogue,
    wishes: &Wishes,
    language: Language,
) -> Vec<templates::Newsletter> {
    let named = wishes.iter().filter_map(|(id, chosen)| {
        let newsletter = catalogue.by_id(*id)?;
        Some(templates::Newsletter {
            name: newsletter.settings.text(language).name.clone(),
            topics: topic_names(catalogue, newsletter, *chosen, language),
        })
    });
    named.collect()
}

/// The names of the chosen topics that a newsletter carries.
pub(super) fn topic_names(
    catalogue: &Catalogue,
    newsletter: &Newsletter,
    chosen: TopicSet,
    language: Language,
) -> Vec<String> {
    let chosen = catalogue
        .carried(newsletter)
        .filter(|topic| chosen.contains(topic.bit));
    chosen
        .map(|topic| topic.name(language).to_owned())
        .collect()
}

/// How often a newsletter appears, where that can be said in a few words.
pub(in crate::web) fn rhythm(newsletter: &Newsletter) -> Option<Rhythm> {
    let line = CronLine::parse(newsletter.settings.schedule.as_deref()?).ok()?;
    let weekly = line
        .weekly()
        .map(|(days, at)| (RhythmDays::Weekly(days), at));
    let monthly = || {
        line.monthly()
            .map(|(day, at)| (RhythmDays::Monthly(day), at))
    };
    let (days, at) = weekly.or_else(monthly)?;
    Some(Rhythm { days, at })
}
