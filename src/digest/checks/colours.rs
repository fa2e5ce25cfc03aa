//! The contrast of the colour that the installation has configured (WCAG 2.2, 1.4.3), on every ground
//! of a mail.

use super::Facts;
use crate::domain::check::{Finding, Observation, Place};

/// What text needs, in tenths.
const ENOUGH: u32 = 45;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let colour = facts.mail_context.action_colour();
    let tenths = templates::least_contrast_in_mails(&colour);
    let what = if tenths < ENOUGH {
        Observation::ContrastLow { colour, tenths }
    } else {
        Observation::ContrastGood { tenths }
    };
    found.push(Finding::at(Place::Configuration, what));
}
