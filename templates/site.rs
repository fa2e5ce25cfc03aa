//! What all pages and mails of an installation share, and the small views several of them use.

use crate::locale::Locale;
use crate::rhythm::Rhythm;

/// The installation and its reader, as every page and mail needs them.
///
/// For mails every link in here must be absolute; for pages a path such as `/imprint` will do.
/// Links other than `http`, `https`, `mailto` and paths are not rendered.
#[derive(Debug, Clone)]
pub struct Site {
    /// The language everything is said in.
    pub locale: Locale,
    /// The languages the reader may switch to; with fewer than two there is no switcher.
    pub offered: Vec<Locale>,
    /// The body that runs this installation, e.g. “Stadt Musterstadt”.
    pub organisation: String,
    /// What the service is called, e.g. “Rundbriefe der Stadt Musterstadt”.
    pub name: String,
    /// Where the logo is found (PNG or JPEG in mails); its alternative text is the organisation.
    pub logo: Option<String>,
    /// The colour of buttons and links in mails as `#rrggbb`, dark enough for white text; anything
    /// else falls back to the built-in colour. Pages take it from the stylesheet, see
    /// [`crate::assets()`].
    pub action_colour: Option<String>,
    /// Who answers for pages and mails.
    pub imprint: Imprint,
    /// Where the pages are that every page and mail links to.
    pub links: Links,
    /// Path and query of this page as a GET finds it, e.g. `/subscribe?lang=de`; the language
    /// switcher replaces `lang` in it. Without it (answers to a POST) the switcher is left out.
    pub here: Option<String>,
    /// The stylesheets of pages, in order: [`crate::Asset::href`] of the built-in one, then the
    /// installation's own.
    pub stylesheets: Vec<String>,
    /// In a demonstration, where its mailbox is; every page then says that nothing is real.
    pub demo_mailbox: Option<String>,
    /// In a demonstration, where its users enter the newsroom.
    pub demo_newsroom: Option<String>,
}

/// The links at the foot of every page and mail.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// The page with the sign-up form.
    pub home: String,
    /// The list of news.
    pub news: String,
    /// The list of events.
    pub events: String,
    /// The list of council papers and meetings; empty where there are none.
    pub papers: String,
    /// The imprint.
    pub imprint: String,
    /// The privacy notice.
    pub privacy: String,
    /// The accessibility statement.
    pub accessibility: String,
}

/// The imprint: who answers for what is sent (§ 5 DDG, § 18 MStV).
#[derive(Debug, Clone, Default)]
pub struct Imprint {
    /// The body's full name.
    pub organisation: String,
    /// The postal address, line by line.
    pub address: Vec<String>,
    /// Who represents the body by law, e.g. “Oberbürgermeisterin Erika Beispiel”.
    pub representative: Option<String>,
    /// Who answers for the content (§ 18 (2) MStV), with address.
    pub responsible: Option<String>,
    /// The address people write to.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// Register and number, or VAT number.
    pub register: Option<String>,
}

/// A newsletter as a form offers it.
#[derive(Debug, Clone)]
pub struct NewsletterChoice {
    /// Its key: the value of the form field `newsletter`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is about, one or two sentences of plain text; may be empty.
    pub description: String,
    /// How often it appears, where that can be said in a few words.
    pub rhythm: Option<Rhythm>,
    /// Whether it is chosen. Never on the first view of a form (no pre-ticked boxes).
    pub chosen: bool,
    /// The topics it carries; may be empty.
    pub topics: Vec<TopicChoice>,
}

/// A topic as a form offers it.
#[derive(Debug, Clone)]
pub struct TopicChoice {
    /// Its key; the form field `topic` has the value `newsletterkey.topickey`.
    pub key: String,
    /// Its name in the page's language.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A newsletter with the topics somebody chose.
#[derive(Debug, Clone)]
pub struct Newsletter {
    /// Its name.
    pub name: String,
    /// The names of the chosen topics; may be empty.
    pub topics: Vec<String>,
}
