/** Tells other systems what happens, through a topic that they subscribe to. */
package io.carillon.topic;
