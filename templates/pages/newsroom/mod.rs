//! The pages of the newsroom: one file per page, and what they share in `frame` and `components`.

pub mod access_link;
pub mod account;
pub mod audit;
pub mod checks;
pub mod components;
pub mod demo_door;
pub mod editor;
pub mod entries;
pub mod entry_picture;
pub mod failure;
pub mod frame;
pub mod issues;
pub mod kept_form;
pub mod login;
pub mod login_code;
pub mod login_confirm;
pub mod login_link;
pub mod planning;
pub mod review;
pub mod second_factor;
pub mod sending;
pub mod start;
pub mod trail;
pub mod unsaved;
pub mod user;
pub mod user_invite;
pub mod users;

pub use checks as issue_checks;
pub use entries::{
    ask as entry_ask, compare as entry_compare, list as entry_list, proposal as entry_proposal,
    proposals as entry_proposals, show as entry_show, versions as entry_versions,
};
pub use issues::{
    add as issue_add, as_reader as issue_as_reader, contents as issue_contents, list as issue_list,
    shorten as issue_shorten, test_mail as issue_test_mail, time as issue_time,
    variants as issue_variants,
};
pub use sending::{ask as sending_ask, find as sending_find, retry as sending_retry};

pub use planning::{calendar, newsletters, schedule};
pub use review::{
    approve as issue_approve, deputies, history as issue_history, settings as release_settings,
};

use crate::locale::Locale;

/// What somebody is, in words; `roles` are the stored names.
pub fn roles<'a>(t: Locale, roles: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = roles.map(|role| role_name(t, role)).collect();
    words.join(", ")
}

/// The name of one role.
pub(crate) fn role_name(t: Locale, role: &str) -> String {
    t.say(match role {
        "administrator" => "newsroom-role-administrator",
        "editor" => "newsroom-role-editor",
        "approver" => "newsroom-role-approver",
        _ => "newsroom-role-viewer",
    })
}
