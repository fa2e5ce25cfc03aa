//! The language of a response: `?lang=`, else the browser's preference, else the default.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri};
use templates::Locale;
use url::form_urlencoded;

use super::WebState;
use crate::config::Languages;
use crate::digest::site::locale;
use crate::domain::language::Language;

/// No browser lists more languages; the rest of a longer list is ignored.
const MOST_PREFERENCES: usize = 20;

/// The reader of a page: language and path.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language of the page.
    pub language: Language,
    /// Whether it was chosen by `?lang=`; links then keep it.
    chosen: bool,
    /// Path and query, of a GET or HEAD.
    pub(super) here: Option<String>,
}

impl Reader {
    /// The reader behind a request.
    pub(super) fn of(
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        languages: &Languages,
    ) -> Self {
        let asked = asked_for(uri, languages);
        let language = asked
            .or_else(|| preferred(headers, languages))
            .unwrap_or(languages.default);
        let here = uri.path_and_query().map(|here| here.as_str().to_owned());
        Self {
            language,
            chosen: asked.is_some(),
            // HEAD has the same headers as GET.
            here: here.filter(|_| matches!(*method, Method::GET | Method::HEAD)),
        }
    }

    /// The language for templates.
    pub fn locale(&self) -> Locale {
        locale(self.language)
    }

    /// The same reader on the response to a POST or a missing page: switching the language would
    /// fetch another page.
    #[must_use]
    pub fn without_switcher(&self) -> Self {
        Self {
            here: None,
            ..self.clone()
        }
    }

    /// The same reader, reading another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self {
            language,
            ..self.clone()
        }
    }

    /// The language of `?lang=`, if given.
    pub fn chosen(&self) -> Option<Language> {
        self.chosen.then_some(self.language)
    }

    /// A path of this site with a query, in the language the visitor chose, if they did.
    pub fn link<'a>(
        &self,
        path: &str,
        query: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(query);
        if self.chosen {
            pairs.append_pair("lang", self.language.as_str());
        }
        let query = pairs.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// A path of this site in the language the visitor chose, if they did.
    pub fn path(&self, path: &str) -> String {
        if self.chosen {
            format!("{path}?lang={}", self.language)
        } else {
            path.to_owned()
        }
    }
}

impl FromRequestParts<WebState> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let languages = &state.app.config.languages;
        Ok(Self::of(
            &parts.method,
            &parts.uri,
            &parts.headers,
            languages,
        ))
    }
}

fn asked_for(uri: &Uri, languages: &Languages) -> Option<Language> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| offered(&value, languages))
}

/// The offered language with the highest weight (RFC 9110 §12.5.4); the first of equals.
fn preferred(headers: &HeaderMap, languages: &Languages) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    let values = headers.get_all(ACCEPT_LANGUAGE).iter();
    let ranges = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    for range in ranges.take(MOST_PREFERENCES) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if let Some(language) = offered(tag, languages)
            && weight > 0.0
            && best.is_none_or(|(_, before)| weight > before)
        {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// The offered language for a tag such as `de` or `de-AT`.
fn offered(tag: &str, languages: &Languages) -> Option<Language> {
    let primary = tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let language = primary.parse().ok()?;
    languages.offered.contains(&language).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(uri: &str, accept: &str) -> Language {
        let languages = Languages {
            default: Language::De,
            offered: vec![Language::De, Language::En, Language::Nl],
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accept.parse().expect("a header"));
        let uri = uri.parse().expect("a path");
        Reader::of(&Method::GET, &uri, &headers, &languages).language
    }

    #[test]
    fn the_language_asked_for_overrides_the_preferred_one() {
        assert_eq!(language("/?lang=nl", "en"), Language::Nl);
        assert_eq!(language("/?lang=NL-be", "en"), Language::Nl);
        assert_eq!(language("/?lang=fr", "en"), Language::En, "not offered");
        assert_eq!(language("/?lang=%00%0d%0a", "en"), Language::En);
        assert_eq!(language("/", "fr;q=0.9, en;q=0.5, nl;q=0.8"), Language::Nl);
        assert_eq!(language("/", "en;q=0, *"), Language::De);
        assert_eq!(language("/", "en;q=nonsense"), Language::De);
        assert_eq!(language("/", ""), Language::De);
    }
}
