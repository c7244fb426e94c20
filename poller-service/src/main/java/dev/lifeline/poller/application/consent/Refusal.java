package dev.lifeline.poller.application.consent;

/** Why a consent did not come about. In every case nothing was changed. */
public enum Refusal {
    /** The ticket is not ours, is damaged, or has expired. */
    TICKET_INVALID,
    /** The ticket was redeemed before. */
    TICKET_USED,
    /** The browser is not the one that began: its cookie is missing or another. */
    OTHER_BROWSER,
    /** Nothing of that name can be connected to that provider. */
    UNKNOWN_CONNECTOR,
    /** The callback belongs to no authorization that is under way in this browser: used, too old, or never begun here. */
    STATE_UNKNOWN,
    /** The provider ended the consent with an error. */
    PROVIDER_REFUSED,
    /** The provider did not answer when the code was redeemed, or when it was asked whose account it is. */
    PROVIDER_AWAY,
    /** Our own client at the provider is set up wrongly. */
    OPERATOR_FAULT,
    /** The provider did not say whose account it is. */
    ACCOUNT_UNKNOWN,
    /** The provider gave nothing with which access lasts longer than an hour. */
    NO_REFRESH_TOKEN
}
