package dev.lifeline.standalone.assistant;

import java.util.List;

/** The mail of one person. Every method throws {@link NoAnswerException} when it can not be done now. */
interface Mail {

    /** The ids of what is in the inbox, newest first, so many at most. */
    List<String> inbox(int most);

    Letter read(String id);

    /** Takes it out of the inbox. Doing it twice is doing it once. */
    void archive(String id);

    void send(String to, String subject, String text);
}
