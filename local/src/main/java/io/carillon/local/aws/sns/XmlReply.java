package io.carillon.local.aws.sns;

import java.io.StringWriter;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a reply of AWS's query protocol, element by element. */
final class XmlReply {

    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    private final XMLStreamWriter xml;

    private XmlReply(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes the reply of an action; {@code result} writes what is inside its result element. */
    static String of(String action, String requestId, Consumer<XmlReply> result) {
        return write(
                action + "Response",
                reply -> reply.element(action + "Result", result)
                        .element("ResponseMetadata", metadata -> metadata.element("RequestId", requestId)));
    }

    static String error(SnsException error, String requestId) {
        return write(
                "ErrorResponse",
                reply -> reply.element(
                                "Error",
                                details -> details.element("Type", "Sender")
                                        .element("Code", error.code())
                                        .element("Message", error.getMessage()))
                        .element("RequestId", requestId));
    }

    XmlReply element(String name, String text) {
        return element(name, inner -> inner.write(() -> xml.writeCharacters(text)));
    }

    XmlReply element(String name, Consumer<XmlReply> content) {
        write(() -> xml.writeStartElement(name));
        content.accept(this);
        write(xml::writeEndElement);
        return this;
    }

    private static String write(String root, Consumer<XmlReply> content) {
        var text = new StringWriter();
        try {
            var xml = FACTORY.createXMLStreamWriter(text);
            var reply = new XmlReply(xml);
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(NAMESPACE);
            content.accept(reply);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A reply must always be writable", e);
        }
        return text.toString();
    }

    private void write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A reply must always be writable", e);
        }
    }

    private interface Step {
        void run() throws XMLStreamException;
    }
}
