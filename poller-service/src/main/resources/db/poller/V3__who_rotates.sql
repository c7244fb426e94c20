-- Whether a provider rotates refresh tokens is known from any grant at it, and asked before each refresh.

CREATE INDEX oauth_grant_rotates ON oauth_grant (provider) WHERE rotates;
