package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Client.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** A program that uses the provider's APIs and its control interface. */
final class Provider {

    static final String PROFILE = "/gmail/v1/users/me/profile";
    static final String HISTORY = "/gmail/v1/users/me/history";
    static final String MESSAGES = "/gmail/v1/users/me/messages";
    static final String EVENTS = "/calendar/v3/calendars/primary/events";

    private final Browser http;

    Provider(URI base) {
        this.http = new Browser(base);
    }

    Browser http() {
        return http;
    }

    /** The tokens of a new consent of that user to everything. */
    Tokens consent(String name) {
        return consent(name, "");
    }

    Tokens consent(String name, String body) {
        HttpResponse<String> given = http.postJson("/control/users/" + name + "/consent", body);
        assertThat(given.statusCode()).isEqualTo(200);
        return new Tokens(field(given, "accessToken"), field(given, "refreshToken"));
    }

    record Tokens(String access, String refresh) {}

    HttpResponse<String> read(String path, Tokens tokens) {
        return http.get(path, "Authorization", "Bearer " + tokens.access());
    }

    HttpResponse<String> refresh(Tokens tokens) {
        return Client.CONNECT.refresh(http, tokens.refresh());
    }

    void enter(String mode) {
        var entered = http.postJson("/control/mode", "{\"mode\": \"" + mode + "\"}");
        assertThat(entered.statusCode()).isEqualTo(200);
    }

    void revoke(String name) {
        assertThat(http.postJson("/control/users/" + name + "/revoke", "").statusCode())
                .isEqualTo(200);
    }

    void mail(String name, int count) {
        assertThat(http.postJson("/control/users/" + name + "/mail", "{\"count\": " + count + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    JsonNode stats() {
        return json(http.get("/control/stats"));
    }
}
