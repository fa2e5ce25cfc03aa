//! Renders every page and mail from its samples.

use crate::assets::assets;
use crate::assets::{newsroom_stylesheet, scripts};
use crate::locale::Locale;
use crate::pages::newsroom::frame::Desk;
use crate::sample::Sample as _;
use crate::site::Site;
use crate::{mails, pages};

/// The list of all pages and mails. A macro, because each has a view type of its own.
macro_rules! everything {
    ($site:ident, $desk:ident, $files:ident, pages { $($page:ident $page_view:ident,)* } doors { $($door:ident $door_view:ident,)* } desks { $($desk_page:ident $desk_view:ident,)* } mails { $($mail:ident $mail_view:ident,)* }) => {
        $(for (name, view) in pages::$page::$page_view::samples($site.locale) {
            let file = format!("{}-{name}.html", stringify!($page).replace('_', "-"));
            $files.push((file, pages::$page::page(&$site, &view).into_string()));
        })*
        $(for (name, view) in pages::newsroom::$door::$door_view::samples($site.locale) {
            let file = format!("newsroom-{}-{name}.html", stringify!($door).replace('_', "-"));
            $files.push((file, pages::newsroom::$door::page(&$desk.site, &view).into_string()));
        })*
        $(for (name, view) in pages::newsroom::$desk_page::$desk_view::samples($site.locale) {
            let file = format!("newsroom-{}-{name}.html", stringify!($desk_page).replace('_', "-"));
            $files.push((file, pages::newsroom::$desk_page::page(&$desk, &view).into_string()));
        })*
        $(for (name, view) in mails::$mail::$mail_view::samples($site.locale) {
            let file = format!("mail-{}-{name}", stringify!($mail).replace('_', "-"));
            let mail = mails::$mail::mail(&$site, &view);
            $files.push((format!("{file}.html"), mail.html));
            $files.push((format!("{file}.txt"), format!("{}\n\n{}", mail.subject, mail.text)));
        })*
    };
}

/// Every page and mail in one language: file name (`subscribe-empty.html`, `mail-issue-full.txt`)
/// and content. The text file of a mail begins with its subject.
pub fn render_all(locale: Locale) -> Vec<(String, String)> {
    let site = Site::sample(locale);
    let mut files = Vec::new();
    let desk = Desk::sample(locale);
    everything! { site, desk, files,
        pages {
            accessibility AccessibilityView,
            confirm ConfirmView,
            confirm_invalid ConfirmInvalidView,
            confirmed ConfirmedView,
            entries EntriesView,
            entry EntryView,
            entry_withdrawn EntryWithdrawnView,
            error ErrorView,
            imprint ImprintView,
            link_invalid LinkInvalidView,
            mailbox MailboxView,
            mailbox_mail MailboxMailView,
            personal_data PersonalDataView,
            preferences PreferencesView,
            privacy PrivacyView,
            subscribe SubscribeView,
            subscribe_sent SubscribeSentView,
            unsubscribe UnsubscribeView,
            unsubscribed UnsubscribedView,
        }
        // Pages of the newsroom on the way in.
        doors {
            demo_door DemoDoorView,
            failure FailureView,
            kept_form KeptFormView,
            access_link AccessLinkView,
            login LoginView,
            login_code LoginCodeView,
            login_confirm LoginConfirmView,
            login_link LoginLinkView,
        }
        // Pages of the newsroom.
        desks {
            editor EditorView,
            entry_picture EntryPictureView,
            deputies DeputiesView,
            calendar CalendarView,
            issue_add AddView,
            issue_as_reader AsReaderView,
            issue_checks ChecksView,
            issue_approve ApproveView,
            issue_contents ContentsView,
            issue_history HistoryView,
            issue_list IssueListView,
            issue_shorten ShortenView,
            issue_time TimeView,
            issue_test_mail TestMailView,
            issue_variants VariantsView,
            sending SendingView,
            sending_ask AskView,
            sending_find FindView,
            sending_retry RetryView,
            entry_ask EntryAskView,
            entry_compare EntryCompareView,
            entry_list EntryListView,
            entry_proposal EntryProposalView,
            entry_proposals EntryProposalsView,
            entry_show EntryShowView,
            entry_versions EntryVersionsView,
            release_settings ReleaseSettingsView,
            newsletters NewslettersView,
            schedule ScheduleView,
            account AccountView,
            audit AuditView,
            second_factor SecondFactorView,
            start StartView,
            user UserView,
            user_invite UserInviteView,
            users UsersView,
        }
        mails {
            already_subscribed AlreadySubscribedView,
            confirmation ConfirmationView,
            issue IssueView,
            staff StaffMailView,
            test TestView,
        }
    }
    files.extend(in_demonstration(locale));
    files
}

/// A page of each frame, as a demonstration shows it: with the notice that says so.
fn in_demonstration(locale: Locale) -> Vec<(String, String)> {
    let say_so = |site: &mut Site| {
        site.demo_mailbox = Some("/demo/mailbox".to_owned());
        site.demo_newsroom = Some("/demo/newsroom".to_owned());
    };
    let mut site = Site::sample(locale);
    let mut desk = Desk::sample(locale);
    say_so(&mut site);
    say_so(&mut desk.site);
    let mut files = Vec::new();
    let mut add = |name: &str, page: maud::Markup| {
        files.push((format!("{name}-in-demo.html"), page.into_string()));
    };
    if let Some((_, view)) = pages::imprint::ImprintView::samples(locale).first() {
        add("imprint", pages::imprint::page(&site, view));
    }
    if let Some((_, view)) = pages::newsroom::login::LoginView::samples(locale).first() {
        add(
            "newsroom-login",
            pages::newsroom::login::page(&desk.site, view),
        );
    }
    if let Some((_, view)) = pages::newsroom::users::UsersView::samples(locale).first() {
        add("newsroom-users", pages::newsroom::users::page(&desk, view));
    }
    files
}

/// Every page and mail in every language and the assets they use: path below a folder (`de/…`,
/// `assets/…`) and content.
pub fn render_everything() -> Vec<(String, Vec<u8>)> {
    let pages = Locale::ALL.into_iter().flat_map(|locale| {
        render_all(locale)
            .into_iter()
            .map(move |(name, text)| (format!("{}/{name}", locale.code()), text.into_bytes()))
    });
    let newsroom =
        std::iter::once(newsroom_stylesheet(None)).chain(scripts().map(|(_, file)| file));
    let assets = assets(None)
        .into_iter()
        .chain(newsroom)
        .map(|asset| (format!("assets/{}", asset.name), asset.bytes));
    pages.chain(assets).collect()
}
