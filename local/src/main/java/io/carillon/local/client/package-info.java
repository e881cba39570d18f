/** Small clients for measuring: they subscribe, publish and count, and never come back when they are lost. */
package io.carillon.local.client;
