/** The local runtime's own metrics, for Prometheus and for the developer's page. */
package io.carillon.local.metrics;
